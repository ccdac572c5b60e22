package dev.lockdown.table;

import dev.lockdown.flow.Flow;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Oracle;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every flow of one state, expected and observed.
///
/// @param cluster in words
/// @param step 0 for the first state, then one more for each further one
/// @param oracle says why, of this state
public record Survey(String cluster, int step, List<PodLine> pods, List<Line> lines, Oracle oracle) {
    public Survey {
        pods = List.copyOf(pods);
        lines = List.copyOf(lines);
    }

    public record PodLine(String name, List<String> ips, String node) {
        public PodLine {
            ips = List.copyOf(ips);
        }
    }

    /// @param answer null where nothing was probed
    public record Line(Flow flow, Expectation expectation, @Nullable Cell answer) {
        public Agreement agreement() {
            if (answer == null || expectation instanceof Expectation.Unspecified) return Agreement.NOT_COMPARED;
            return switch (answer.verdict()) {
                case Verdict.Open _ -> expectation instanceof Expectation.Allowed ? Agreement.AGREES : Agreement.DIFFERS;
                case Verdict.Blocked _ ->
                    expectation instanceof Expectation.Denied ? Agreement.AGREES : Agreement.DIFFERS;
                case Verdict.Mixed _ -> expectation instanceof Expectation.Split ? Agreement.AGREES : Agreement.DIFFERS;
                case Verdict.Inconclusive _ -> Agreement.UNDECIDED;
            };
        }

        boolean undecided() {
            return answer != null && answer.verdict() instanceof Verdict.Inconclusive;
        }

        /// Whether it is not as expected, or not known to be.
        boolean needsALook() {
            return agreement() == Agreement.DIFFERS || undecided();
        }
    }

    public enum Agreement {
        AGREES, DIFFERS,
        /// The policies demand something, and nobody could see whether it is so.
        UNDECIDED,
        /// The policies demand nothing, or nothing was probed.
        NOT_COMPARED
    }

    public long count(Agreement agreement) {
        return lines.stream().filter(l -> l.agreement() == agreement).count();
    }

    /// How many flows were probed and could not be decided, whether the policies demand anything of them or not.
    public long undecided() {
        return lines.stream().filter(Line::undecided).count();
    }

    /// The same as the state after others.
    public Survey asStep(int number) {
        return new Survey(cluster, number, pods, lines, oracle);
    }

    /// Whether any observation stands beside a demand.
    boolean compares() {
        return lines.stream().anyMatch(l -> l.agreement() != Agreement.NOT_COMPARED);
    }

    boolean agrees() {
        return count(Agreement.DIFFERS) + undecided() == 0;
    }
}
