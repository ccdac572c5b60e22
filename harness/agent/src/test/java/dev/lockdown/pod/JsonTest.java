package dev.lockdown.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JSON on the line")
class JsonTest {
    private static Map<String, @Nullable Object> object(Random random, int depth) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (int i = random.nextInt(5); i > 0; i--) object.put(text(random), value(random, depth));
        return object;
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> null;
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            case 3 -> text(random);
            case 4 -> object(random, depth - 1);
            default -> {
                var list = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) list.add(value(random, depth - 1));
                yield list;
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--)
            text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(95)));
        return text.toString();
    }

    @Test
    void comes_back_as_it_was() {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            var object = object(random, 6);
            assertThat(Json.object(Json.write(object))).isEqualTo(object);
        }
    }

    @Test
    void is_one_line_of_ASCII_whatever_it_says() {
        var random = new Random(8);
        for (int i = 0; i < 500; i++) assertThat(Json.write(object(random, 4))).matches("[ -~]*");
    }

    @Test
    void is_read_or_refused_but_never_fails_otherwise() {
        var random = new Random(9);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(Json.write(object(random, 4)));
            for (int changes = 1 + random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "{}[]\",:\\u0e+-1nt".charAt(random.nextInt(16)));
                    default -> text.setCharAt(at, (char) random.nextInt(256));
                }
            }
            try {
                Json.object(text.toString());
            } catch (IllegalArgumentException e) {
                refused++;
            } catch (RuntimeException e) {
                fail(text.toString(), e);
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "1", "{", "{}}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":01}", "{\"a\":1.5}",
        "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":tru}", "{\"a\":9223372036854775808}", "{\"a\":\"b}",
        "{\"a\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}"})
    void is_refused_when_it_is_not_what_the_line_speaks(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.object(text));
    }
}
