package dev.lockdown.run;

import static dev.lockdown.run.ExitStatus.BAD_INPUT;
import static dev.lockdown.run.ExitStatus.CANNOT_RUN;
import static dev.lockdown.run.ExitStatus.DEFECT;
import static dev.lockdown.run.ExitStatus.FAILED;
import static dev.lockdown.run.ExitStatus.INCONCLUSIVE;
import static dev.lockdown.run.ExitStatus.INTERRUPTED;
import static dev.lockdown.run.ExitStatus.OK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An exit status")
class ExitStatusTest {

    @Test
    void is_the_gravest_of_the_parts() {
        var fromGraveToLight = List.of(INTERRUPTED, DEFECT, BAD_INPUT, CANNOT_RUN, FAILED, INCONCLUSIVE, OK);
        for (int i = 0; i < fromGraveToLight.size(); i++)
            assertThat(ExitStatus.of(fromGraveToLight.reversed().subList(0, fromGraveToLight.size() - i)))
                .isEqualTo(fromGraveToLight.get(i));
    }

    @Test
    void has_the_code_that_scripts_know() {
        assertThat(List.of(OK, FAILED, BAD_INPUT, CANNOT_RUN, INCONCLUSIVE, DEFECT, INTERRUPTED)).extracting(ExitStatus::code)
            .containsExactly(0, 1, 2, 3, 4, 70, 130);
    }
}
