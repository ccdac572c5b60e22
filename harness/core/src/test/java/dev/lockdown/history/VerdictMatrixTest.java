package dev.lockdown.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The verdicts of a step in few characters")
class VerdictMatrixTest {
    private static FlowVerdict verdict(String from, String to, String how, FlowResult seen, boolean agrees) {
        return new FlowVerdict(new FlowKey(from, to, how), seen, agrees);
    }

    @Test
    void say_what_was_not_asked_and_what_does_not_agree() {
        var matrix =
            VerdictMatrix.of(List.of(verdict("a", "b", "TCP/1", FlowResult.OPEN, true), verdict("a", "b", "TCP/2", FlowResult.OPEN, true),
                verdict("b", "a", "TCP/1", FlowResult.DROPPED, false)));
        assertThat(matrix.seen()).isEqualTo(".2o2D.3");
    }

    @Test
    void come_back_as_they_were() {
        var chance = new Random(7);
        for (int round = 0; round < 200; round++) {
            var verdicts = new ArrayList<FlowVerdict>();
            for (var from : List.of("a/1", "a/2", "host:x"))
                for (var to : List.of("b/1", "service:b/2", "node:n"))
                    for (var how : List.of(
                        "TCP/80", "UDP/53", "ICMP"))
                        if (chance.nextInt(4) > 0)
                            verdicts.add(verdict(from, to, how, FlowResult.values()[chance.nextInt(5)], chance.nextBoolean()));
            assertThat(VerdictMatrix.of(verdicts).verdicts()).containsExactlyInAnyOrderElementsOf(verdicts);
        }
    }

    @Test
    void that_do_not_fit_what_was_asked_are_none() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new VerdictMatrix(List.of("a"), List.of("b"), List.of("TCP/1"), "o2").verdicts());
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new VerdictMatrix(List.of("a"), List.of("b"), List.of("TCP/1"), "x").verdicts());
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new VerdictMatrix(List.of("a"), List.of("b"), List.of("TCP/1"), "o999999999999").verdicts());
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new VerdictMatrix(List.of("a"), List.of("b"), List.of("TCP/1"), "").verdicts());
    }
}
