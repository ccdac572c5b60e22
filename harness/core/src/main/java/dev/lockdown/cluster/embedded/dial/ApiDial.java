package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.embedded.api.ApiServer;
import dev.lockdown.cluster.embedded.api.ClusterTls;
import dev.lockdown.flow.Outcome;
import dev.lockdown.probe.ApiCall;
import dev.lockdown.probe.HttpHead;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Dials an embedded cluster's API as a pod does; its server says in headers which node it is and whom it saw.
public final class ApiDial {
    private final ApiCall call;

    /// @param nanos the dialler's monotonic clock, in nanoseconds
    public ApiDial(ClusterTls tls, LongSupplier nanos) {
        call = new ApiCall(ClusterTls.HOST, tls::client, ApiDial::read, nanos);
    }

    /// Speak over a connected channel in blocking mode, which is closed afterwards, with a reset.
    ///
    /// @param within how long to wait for all of it
    public Outcome dial(SocketChannel channel, String token, Duration within) {
        return call.over(channel, token, within);
    }

    private static Outcome read(HttpHead answer, Duration roundTrip) {
        var node = answer.headers().get(ApiServer.NODE.toLowerCase(Locale.ROOT));
        var source = answer.headers().get(ApiServer.SOURCE.toLowerCase(Locale.ROOT));
        if (node == null || source == null) return new Outcome.Misdirected("a server that is not this cluster's API");
        if (!answer.status().startsWith("HTTP/1.1 200 ")) return new Outcome.ProbeFailed("the Kubernetes API answered: " + answer.status());
        return new Outcome.Connected(roundTrip, node, source);
    }
}
