package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;

/// Each shell reads what is printed for it and completes with it. One that is not installed here is passed over.
@DisplayName("A shell completes")
final class CompletionTest {
    @TempDir
    private Path home;

    private Path script(String shell) throws IOException {
        var typist = new Typist(home);
        assertThat(typist.types("completion", shell)).isEqualTo(ExitStatus.OK);
        return Files.writeString(home.resolve("completion." + shell), typist.out());
    }

    /// The words that a shell offers for the last of those that are typed.
    private List<String> offered(String shell, String typed) throws IOException, InterruptedException {
        assumeTrue(Stream.of("/usr/bin/", "/bin/").anyMatch(p -> Files.exists(Path.of(p + shell))), shell + " is not installed");
        var script = script(shell);
        var words = typed.split(" ", -1);
        // As bash calls a function that completes; zsh does it so for scripts that are made for bash.
        var call = "COMP_WORDS=(%s%s); COMP_CWORD=%d; COMP_LINE='%s'; COMPREPLY=()".formatted(typed, typed.endsWith(" ") ? "''" : "",
            words.length - 1, typed);
        var program = switch (shell) {
            case "bash" -> "source %s && %s && _complete_lockdown lockdown; printf '%%s\\n' \"${COMPREPLY[@]}\"".formatted(script, call);
            case "zsh" -> "source %s && %s && emulate ksh -c '_complete_lockdown lockdown'; print -l -- $COMPREPLY".formatted(script, call);
            default -> "source %s; complete -C '%s'".formatted(script, typed);
        };
        var process = new ProcessBuilder(shell, "-c", program).redirectError(home.resolve("complaints").toFile()).start();
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as("%s %s", out, Files.readString(home.resolve("complaints"))).isZero();
        // fish has a description behind each; zsh itself leaves out what does not begin with what was typed.
        return out.lines().map(l -> l.replaceFirst("\t.*", "").strip())
            .filter(l -> !l.isEmpty() && (!shell.equals("zsh") || l.startsWith(words[words.length - 1]))).toList();
    }

    @ParameterizedTest
    @CsvSource({"bash, ''", "zsh, ''", "fish, ./"})
    void every_command_and_no_hidden_one(String shell, String path) throws Exception {
        assertThat(offered(shell, path + "lockdown ")).contains("run", "check", "table", "doctor", "package", "completion");
        assertThat(offered(shell, path + "lockdown dev ")).contains("self-test", "bench").doesNotContain("run");
    }

    @ParameterizedTest
    @CsvSource({"bash", "zsh", "fish"})
    void the_options_of_a_command(String shell) throws Exception {
        assertThat(offered(shell, "lockdown run --cl")).containsExactly("--cluster");
        assertThat(offered(shell, "lockdown table --ex")).contains("--expected-only");
    }

    @ParameterizedTest
    @CsvSource({"bash", "zsh", "fish"})
    void the_values_of_an_option(String shell) throws Exception {
        assertThat(offered(shell, "lockdown steps --output ")).containsExactlyInAnyOrder("text", "json");
        assertThat(offered(shell, "lockdown run --cluster ")).containsExactlyInAnyOrder("embedded", "k3s", "kubeconfig");
        assertThat(offered(shell, "lockdown completion ")).containsExactlyInAnyOrder("bash", "zsh", "fish");
    }

    /// Bash completes files itself, at a terminal alone, unless the script forbids it.
    @Test
    void files_where_nothing_else_is_offered() throws IOException {
        assertThat(script("bash")).content().contains("complete -F _complete_lockdown -o default lockdown").doesNotContain("+o default");
    }

    /// Of every command, since an enum's constants would be offered as they are in Java.
    @Test
    void no_value_that_cannot_be_typed() {
        var offered = new ArrayList<String>();
        everything(new CommandTree(new Typist(home).context(), Map.of()).whole().getCommandSpec(), offered);
        assertThat(offered).hasSizeGreaterThan(20);
    }

    private static void everything(CommandSpec command, List<String> offered) {
        for (var argument : command.args()) {
            if (argument.completionCandidates() == null) continue;
            for (var value : argument.completionCandidates()) {
                offered.add(value);
                assertThatCode(() -> argument.converters()[0].convert(value)).as("%s %s", command.qualifiedName(), value)
                    .doesNotThrowAnyException();
            }
        }
        command.subcommands().values().forEach(sub -> everything(sub.getCommandSpec(), offered));
    }

    @Test
    void no_other_shell_is_known() {
        var typist = new Typist(home);
        assertThat(typist.types("completion", "tcsh")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("\"tcsh\" is no shell that is known here; expected bash, zsh or fish");
    }
}
