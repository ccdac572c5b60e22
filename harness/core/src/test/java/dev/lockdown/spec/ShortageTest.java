package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.cucumber.core.exception.CompositeCucumberException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the machine ran out of")
class ShortageTest {
    private static final IOException FULL = new FileSystemException("reports/x", null, "No space left on device");

    @Test
    void is_found_among_several_that_cucumber_wrapped() {
        var failure = new CompositeCucumberException(List.of(new IllegalStateException("other"), new UncheckedIOException("x", FULL)));
        assertThat(Ending.ofFailure(failure)).isEqualTo(Ending.ENVIRONMENT);
        assertThat(Ending.words(failure)).contains("reports/x: No space left on device", "--report DIR");
    }

    @Test
    void is_memory_or_threads_as_well() {
        assertThat(Ending.ofFailure(new IllegalStateException(new OutOfMemoryError("Java heap space")))).isEqualTo(Ending.ENVIRONMENT);
        assertThat(Ending.words(new OutOfMemoryError("Java heap space"))).contains("not enough memory: Java heap space");
    }

    @Test
    void is_descriptors_as_well() {
        assertThat(Ending.ofFailure(new UncheckedIOException(new IOException("Too many open files")))).isEqualTo(Ending.ENVIRONMENT);
    }

    @Test
    void is_not_what_a_defect_says() {
        assertThat(Ending.ofFailure(new IllegalStateException("no space"))).isEqualTo(Ending.DEFECT);
        assertThat(Ending.ofFailure(new UncheckedIOException(new IOException("unexpected end")))).isEqualTo(Ending.DEFECT);
    }
}
