package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one dial says and wants to hear. Made anew for each dial, which tells it everything that happens.
public sealed interface Exchange permits Echo, RawExchange, HandOver {

    /// The bytes to send, as a buffer of the caller's own.
    ByteBuffer question();

    /// The largest datagram that may answer; of a larger one the rest is lost.
    int largestAnswer();

    /// The TCP connection stands.
    ///
    /// @return null to go on with the question
    @Nullable Outcome connected(InetSocketAddress target, Duration roundTrip);

    /// Something arrived.
    ///
    /// @param received from its position to its limit: over TCP everything so far, over UDP one datagram
    /// @return null to wait for more
    @Nullable Outcome hear(ByteBuffer received, boolean datagram, InetSocketAddress target, Duration roundTrip);

    /// The far end closed the connection before its answer was whole.
    Outcome cutShort(InetSocketAddress target);

    /// The deadline is over.
    ///
    /// @return what is known besides the silence, or null
    @Nullable Outcome silence();
}
