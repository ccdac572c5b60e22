package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.run.ExitStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What rehearse prints")
class RehearseOutputTest {
    private static final String STORE = "../../fixtures/apps/store";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\0',
        value = {"html;<!DOCTYPE html>;</html>", "dot;digraph flows {;subgraph cluster_0", "mermaid;flowchart LR;|\"TCP/9102 (healed)\"|",
            "markdown;## ✓ A lockdown breaks 38 of 43;**Not proven, assumed**", "text;What this application needs: 43;Not proven",
            "json;{;\"schema\" : 1", "yaml;# Nothing reaches;kind: NetworkPolicy"})
    void is_one_form_of_all(String form, String start, String part) {
        var typist = new Typist(folder);
        assertThat(typist.types("rehearse", "-f", STORE, "--expected-only", "--output", form)).as(typist.err()).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).startsWith(start).contains(part);
    }

    @Test
    void is_none_that_is_not_offered() {
        var typist = new Typist(folder);
        assertThat(typist.types("rehearse", "-f", STORE, "--output", "csv")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).startsWith(
            "error: --output: \"csv\" is no output; expected text, json, yaml, html, dot, mermaid or markdown\n");
    }
}
