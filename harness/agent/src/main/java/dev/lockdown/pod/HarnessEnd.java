package dev.lockdown.pod;

import dev.lockdown.flow.Port;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The harness's end of the line to one agent.
///
/// ```java
/// var end = new HarnessEnd(run, line -> { write to the stream });
/// end.greet();                                  // on every new stream
/// end.line(…);                                  // whatever the stream brings
/// var response = end.ask(id -> new AgentRequest.Token(id)).get(…);
/// ```
/// Thread-safe.
public final class HarnessEnd {
    private final String run;
    private final Consumer<String> out;
    private final Map<Long, CompletableFuture<AgentResponse>> asked = new TreeMap<>();
    private final CompletableFuture<Welcome> welcomed = new CompletableFuture<>();
    private Conversation conversation;
    private @Nullable Welcome welcome;
    private @Nullable LongFunction<AgentRequest> role;
    private long lastId;
    private int restarts;

    /// @param run names this harness, and no other
    /// @param out takes one line, without its end; must neither throw nor wait for the other end, which may just be heard
    public HarnessEnd(String run, Consumer<String> out) {
        this.run = run;
        this.out = out;
        conversation = new Conversation(run + "-0", out);
    }

    /// What an agent says of itself.
    ///
    /// @param epoch one life of its process
    public record Welcome(Versions speaks, String epoch, String identity, Served served) {}

    /// The agent's first word. Fails with an [IllegalStateException] if it speaks no version that this harness does.
    public CompletableFuture<Welcome> welcomed() {
        return welcomed;
    }

    /// How often the agent's process has begun anew.
    public synchronized int restarts() {
        return restarts;
    }

    /// Begin on a new stream, or try once more.
    public void greet() {
        Conversation current;
        synchronized (this) {
            current = conversation;
        }
        var hello = new LinkedHashMap<String, @Nullable Object>();
        hello.put("kind", "hello");
        hello.put("speaks", Versions.OURS.json());
        current.mention(hello);
    }

    /// Ask whether the agent is still there; it answers with a line of its own.
    public void ping() {
        Conversation current;
        synchronized (this) {
            current = conversation;
        }
        var ping = new LinkedHashMap<String, @Nullable Object>();
        ping.put("kind", "ping");
        current.mention(ping);
        current.beat();
    }

    /// Have the agent be another from now on, also when its process begins anew, which knows only what it was at first.
    public CompletableFuture<AgentResponse> become(String identity, List<Port> serves) {
        synchronized (this) {
            role = id -> new AgentRequest.Become(id, identity, serves);
            return ask(role);
        }
    }

    /// Send a request. Its response comes even if the stream breaks in between; a [AgentResponse.Failed] if the agent's process does.
    public CompletableFuture<AgentResponse> ask(LongFunction<AgentRequest> request) {
        synchronized (this) {
            long id = ++lastId;
            var response = new CompletableFuture<AgentResponse>();
            asked.put(id, response);
            conversation.send(request.apply(id).json());
            return response;
        }
    }

    /// Take one line. What is not whole, or meant for another harness, is let go.
    ///
    /// @return whether the agent said it to this harness
    public boolean line(String line) {
        var envelope = Envelope.parse(line);
        if (envelope == null) return false;
        Conversation current;
        synchronized (this) {
            current = conversation;
        }
        if (!current.session().equals(envelope.session())) return false;
        var arrival = current.receive(envelope);
        if (arrival.passing() != null && "welcome".equals(arrival.passing().get("kind"))) welcome(new Fields(arrival.passing()));
        for (var body : arrival.bodies()) responded(body);
        return true;
    }

    private void responded(Map<String, @Nullable Object> body) {
        AgentResponse response;
        try {
            response = AgentResponse.of(body);
        } catch (IllegalArgumentException e) {
            response = new AgentResponse.Failed(body.get("id") instanceof Long id ? id : 0,
                "the agent's response cannot be read: " + e.getMessage());
        }
        CompletableFuture<AgentResponse> waiting;
        synchronized (this) {
            waiting = asked.remove(response.id());
        }
        if (waiting != null) waiting.complete(response);
    }

    private void welcome(Fields fields) {
        var speaks = Versions.of(new Fields(fields.object("speaks")));
        if (Versions.OURS.shared(speaks) == 0) {
            welcomed.completeExceptionally(new IllegalStateException("the agent of %s speaks %s and this harness %s".formatted(
                fields.text("identity"), speaks, Versions.OURS)));
            return;
        }
        var told = new Welcome(speaks, fields.text("epoch"), fields.text("identity"), Served.of(fields));
        boolean anew;
        synchronized (this) {
            anew = welcome != null && !welcome.epoch.equals(told.epoch);
            welcome = told;
        }
        if (anew) beginAnew();
        else resend();
        welcomed.complete(told);
    }

    private void resend() {
        Conversation current;
        synchronized (this) {
            current = conversation;
        }
        current.resend();
    }

    /// The agent's new process knows nothing of what was asked of its last.
    private void beginAnew() {
        List<CompletableFuture<AgentResponse>> lost;
        synchronized (this) {
            lost = List.copyOf(asked.values());
            asked.clear();
            conversation = new Conversation(run + "-" + ++restarts, out);
            // Before anything else is asked of it.
            if (role != null) {
                var _ = ask(role);
            }
        }
        greet();
        lost.forEach(l -> l.complete(new AgentResponse.Failed(0, "the agent restarted while it was asked")));
    }

    /// Give up what was asked and not answered.
    public void abandon(String why) {
        List<CompletableFuture<AgentResponse>> lost;
        synchronized (this) {
            lost = List.copyOf(asked.values());
            asked.clear();
        }
        lost.forEach(l -> l.complete(new AgentResponse.Failed(0, why)));
    }
}
