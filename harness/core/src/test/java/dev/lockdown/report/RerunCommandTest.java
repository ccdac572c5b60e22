package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What to type to run again")
class RerunCommandTest {

    private static Run run(String... command) {
        return Run.of(List.of(new Entry.RunStarted(Instant.EPOCH, "r", "0.1.0", "embedded", 7, List.of(command))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "run features --output json | \"\"",
        "run --cluster kubeconfig --jobs 2 features | \" --cluster kubeconfig\"",
        "run --cluster=kubeconfig --context=a;b | \" --cluster=kubeconfig '--context=a;b'\"",
        "run --map shop=s1 --map a=$b | \" --map shop=s1 --map 'a=$b'\"",
        "run --seed --cluster | \" --seed --cluster\"",
        "run --seed | \"\"",
        "run --cluster k3s:none --charts c --reuse features --dual-stack | \" --cluster k3s:none --charts c --reuse --dual-stack\"",
        "run --allow-disruptive --report --reuse --cluster kubeconfig | \" --allow-disruptive --reuse --cluster kubeconfig\"",
        "=x --nodes 3 | \" --nodes 3\"",
    })
    void keeps_where_it_ran_and_not_what(String command, String options) {
        assertThat(RerunCommand.options(List.of(command.split(" ")))).isEqualTo(options);
    }

    @Test
    void begins_as_it_was_typed() {
        assertThat(RerunCommand.lockdown(run("/opt/lock down", "run"))).isEqualTo("'/opt/lock down'");
        assertThat(RerunCommand.lockdown(run())).isEqualTo("./lockdown");
        assertThat(RerunCommand.lockdown(Run.of(List.of()))).isEqualTo("./lockdown");
    }

    @Test
    void names_the_run_whose_failures_are_meant() {
        assertThat(RerunCommand.failed(run("./lockdown", "run", "--nodes", "3", "x"), "reports/a b"))
            .isEqualTo("./lockdown run --failed 'reports/a b' --nodes 3");
        assertThat(RerunCommand.failed(Run.of(List.of()), "r")).isEqualTo("./lockdown run --failed r");
    }

    @Test
    void names_the_scenario_that_is_meant() {
        var run = Script.run().scenario("a b.feature", 3, Entry.Status.FAILED, "no", _ -> {}).toRun();
        assertThat(RerunCommand.of(run, run.scenarios().getFirst())).isEqualTo("./lockdown run 'a b.feature:3'");
    }

    @Test
    void is_mavens_for_a_scenario_in_java() {
        var run = Script.run().scenario("src/test/java/example/TeamTest.java", 3, Entry.Status.FAILED, "no", _ -> {}).toRun();
        assertThat(RerunCommand.of(run, run.scenarios().getFirst())).isEqualTo("mvn test -Dtest=TeamTest");
    }
}
