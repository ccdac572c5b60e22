package dev.lockdown.pod;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The agent's end of the line. A harness begins with a greeting; a greeting of another harness ends what was said with the first.
final class AgentEnd {
    private final String epoch = UUID.randomUUID().toString();
    private final Supplier<String> identity;
    private final Supplier<Served> served;
    private final RequestHandler handler;
    private final Consumer<String> out;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Conversation> conversations = new HashMap<>();
    private @Nullable Conversation conversation;

    /// @param identity at present
    /// @param served at present
    AgentEnd(Supplier<String> identity, Supplier<Served> served, RequestHandler handler, Consumer<String> out) {
        this.identity = identity;
        this.served = served;
        this.handler = handler;
        this.out = out;
    }

    /// Take one line. What is not whole is let go: it comes again.
    void line(String line) {
        var envelope = Envelope.parse(line);
        if (envelope == null) return;
        if ("hello".equals(envelope.body().get("kind"))) greet(envelope);
        var current = conversations.get(envelope.session());
        if (current == null) return;
        var arrival = current.receive(envelope);
        if (arrival.passing() instanceof Map<?, ?> passing && "ping".equals(passing.get("kind"))) pong(current);
        for (var body : arrival.bodies()) threads.execute(() -> answer(current, body));
    }

    private void greet(Envelope hello) {
        var current = conversation;
        if (current == null || !current.session().equals(hello.session())) {
            // A greeting of before may come late: what was said under it is still known.
            current = conversations.computeIfAbsent(hello.session(), session -> new Conversation(session, out));
            conversation = current;
        }
        var welcome = new LinkedHashMap<String, @Nullable Object>();
        welcome.put("kind", "welcome");
        welcome.put("speaks", Versions.OURS.json());
        welcome.put("epoch", epoch);
        welcome.put("identity", identity.get());
        served.get().into(welcome);
        current.mention(welcome);
        current.resend();
    }

    private static void pong(Conversation current) {
        var pong = new LinkedHashMap<String, @Nullable Object>();
        pong.put("kind", "pong");
        current.mention(pong);
        current.beat();
    }

    private void answer(Conversation asking, Map<String, @Nullable Object> body) {
        try {
            asking.send(handler.carryOut(AgentRequest.of(body)).json());
        } catch (IllegalArgumentException e) {
            if (body.get("id") instanceof Long id)
                asking.send(new AgentResponse.Failed(id, "this agent does not understand the request: " + e.getMessage()).json());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
