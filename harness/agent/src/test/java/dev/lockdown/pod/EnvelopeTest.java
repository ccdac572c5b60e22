package dev.lockdown.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A line")
class EnvelopeTest {
    private static final Envelope ENVELOPE = new Envelope("run-0", 12, 9, Map.of("kind", "token", "id", 4L));

    @Test
    void is_read_as_it_was_written() {
        assertThat(Envelope.parse(ENVELOPE.line())).isEqualTo(ENVELOPE);
    }

    @Test
    void is_let_go_when_any_of_its_characters_is_another() {
        var line = ENVELOPE.line();
        for (int at = 0; at < line.length(); at++)
            for (char c = 0; c < 256; c++)
                if (c != line.charAt(at)) assertThat(Envelope.parse(line.substring(0, at) + c + line.substring(at + 1))).isNull();
    }

    @Test
    void is_let_go_when_a_part_of_it_is_missing() {
        var line = ENVELOPE.line();
        for (int from = 0; from <= line.length(); from++)
            for (int to = from; to <= line.length(); to++)
                if (to - from > 0 && to - from < line.length())
                    assertThat(Envelope.parse(line.substring(0, from) + line.substring(to))).isNull();
    }

    @Test
    void is_let_go_when_it_is_noise() {
        var random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            var noise = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) noise.append((char) random.nextInt(300));
            assertThat(Envelope.parse(noise.toString())).isNull();
        }
    }
}
