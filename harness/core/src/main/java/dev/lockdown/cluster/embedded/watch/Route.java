package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.cluster.dns.AddressQuery;
import dev.lockdown.cluster.embedded.dial.PlannedDial;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.probe.Echo;
import dev.lockdown.probe.Line;
import dev.lockdown.probe.sample.Question;
import java.lang.foreign.MemorySegment;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The way that the samples of a flow take for the time being.
///
/// @param address the target's, for the kernel
/// @param page what whole connections ask over HTTP, or null where none are made
/// @param line on which they are made
/// @param name what a name server is asked, or null
record Route(PlannedDial.To to, SourceSockets source, MemorySegment address, Question.@Nullable Page page, @Nullable Line line,
        Question.@Nullable Name name) {

    /// @param thread opens the sockets of whole connections; null where no flow needs any
    static Route of(WatchedFlow flow, PlannedDial.To to, SourceSockets source, @Nullable NamespaceThread thread) {
        var address = source.address(to.target().getAddress());
        return switch (flow) {
            case Flow _ -> new Route(to, source, address, null, null, null);
            case WatchedFlow.Lookup lookup -> new Route(to, source, address, null, null,
                new Question.Name(AddressQuery.of(lookup.name(), lookup.flow().family())));
            case WatchedFlow.Http _ when thread == null -> throw new IllegalArgumentException("nobody opens sockets for " + flow);
            case WatchedFlow.Http _ -> new Route(to, source, address, page(to), line(to, source, thread), null);
        };
    }

    private static Question.Page page(PlannedDial.To to) {
        return new Question.Page(to.target().getAddress().getHostAddress(),
            to.answering().stream().map(l -> l.networkEndpoint().agent().identity()).collect(Collectors.toSet()));
    }

    private static Line line(PlannedDial.To to, SourceSockets source, NamespaceThread thread) {
        return new Line(new PodSockets(thread, to.source().namespace()), Protocol.TCP, to.target(), source.own(),
            () -> source.of(Protocol.TCP).nextPort());
    }

    boolean isTcp() {
        return to.protocol() == Protocol.TCP;
    }

    SourceSockets.Ports sockets() {
        return source.of(to.protocol());
    }

    /// What the next datagram asks, where its answer is to be read: of a name, or by a nonce of its own.
    @Nullable Question question() {
        if (name != null) return name;
        return !isTcp() && to.exchange() instanceof Echo echoing ? new Question.Nonce(echoing.again()) : null;
    }

    /// Have those who may answer serve what came.
    void poke() {
        for (var listener : to.answering()) listener.networkEndpoint().agent().poke(listener.port());
    }
}
