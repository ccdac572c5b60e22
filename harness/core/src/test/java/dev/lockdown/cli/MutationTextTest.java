package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.mutation.MutationResults;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is told of changes to policies")
class MutationTextTest {
    private static String text(MutationResults results, Output output) {
        var text = new StringWriter();
        new MutationText(results, output).print(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void is_no_percentage_where_nothing_was_changed() {
        assertThat(text(new MutationResults(0, List.of()), Output.TEXT))
            .isEqualTo("nothing was changed: the features apply no policy from a file or a text; this says nothing about what the features "
                + "would notice\n");
        assertThat(text(new MutationResults(0, List.of()), Output.JSON)).contains("\"noticedPercent\" : null");
    }

    @Test
    void is_how_many_of_them_were_noticed() {
        var results = new MutationResults(1, List.of(new MutationResults.Result("p.yaml", 3, "x", List.of("a.feature:3"), "a.feature:3"),
            new MutationResults.Result("p.yaml", 4, "y", List.of("a.feature:3"), null)));
        assertThat(text(results, Output.TEXT)).endsWith("1 of 2 changes of 1 policy was noticed, 50 %\n");
    }
}
