package dev.lockdown.cluster.embedded.netpol;

import java.util.List;

/// What came of a dial in a [Town].
///
/// @param result `open`, `refused` or `silent`
/// @param by who answered, empty if nobody did
/// @param sourceSeen the address from which the answerer saw it come
/// @param drops the rules that dropped packets meanwhile
public record Dialled(String result, String by, String sourceSeen, List<String> drops) {
    Dialled withDrops(List<String> reported) {
        return new Dialled(result, by, sourceSeen, reported);
    }

    static Dialled unanswered(String result) {
        return new Dialled(result, "", "", List.of());
    }
}
