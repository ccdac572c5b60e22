package dev.lockdown.cluster.embedded.netpol;

import java.util.List;

/// What came of a dial in a [FirewallFixture].
///
/// @param result `open`, `refused` or `silent`
/// @param by who answered, empty if nobody did
/// @param sourceSeen the address from which the answerer saw it come
/// @param drops the rules that dropped packets meanwhile
public record DialResult(String result, String by, String sourceSeen, List<String> drops) {
    DialResult withDrops(List<String> reported) {
        return new DialResult(result, by, sourceSeen, reported);
    }

    static DialResult unanswered(String result) {
        return new DialResult(result, "", "", List.of());
    }
}
