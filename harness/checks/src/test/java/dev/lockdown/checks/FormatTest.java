package dev.lockdown.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FormatTest {
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    private final Format format = new Format(REPOSITORY);
    private final Formatter formatter = Formatter.of(REPOSITORY.resolve("harness/checks/formatter.xml"));

    @Test
    void every_java_file_is_laid_out_as_the_formatter_does_it() {
        assertThat(format.files()).hasSizeGreaterThan(20).filteredOn(file -> !format.isFormatted(file))
            .as("files to be mended by: ./lockdown dev format")
            .isEmpty();
    }

    @Test
    void one_line_statements_and_line_breaks_stay_as_their_author_made_them() {
        var source = """
            class Sample {
                Sample() {}

                int sign(int n) {
                    if (n < 0) return -1;
                    return list.stream()
                        .filter(x -> x > 0).toList()
                        .size();
                }
            }
            """;
        assertThat(formatter.format(source)).isEqualTo(source);
    }

    @Test
    void annotations_stand_above_a_method_and_nullable_before_what_it_returns() {
        var source = """
            class Sample {
                @Override
                public @Nullable String a() {
                    return null;
                }

                @Nullable String b() {
                    return null;
                }

                @CsvSource({"1, 2", "3, 4"})
                byte[] c() {
                    return new byte[] {1, 2};
                }
            }
            """;
        assertThat(formatter.format(source)).isEqualTo(source);
    }

    @Test
    void alternative_patterns_keep_the_space_behind_their_comma() {
        var source = """
            class Sample {
                int of(Object o) {
                    return switch (o) {
                        case String _, Integer _ -> 1;
                        case Pair(var a, _), Pair(_, var a) -> 2;
                        case ',' -> 3;
                        default -> 4;
                    };
                }
            }
            """;
        assertThat(formatter.format(source)).isEqualTo(source);
    }

    @Test
    void markdown_comments_stay_as_they_are_even_on_the_first_constant_of_an_enum() {
        var source = """
            /// A sample.
            ///
            ///     code, further in
            enum Sample {
                /// The first.
                A,
                /// The second.
                B
            }
            """;
        assertThat(formatter.format(source)).isEqualTo(source);
    }

    @Test
    void indentation_and_spaces_are_set_right() {
        assertThat(formatter.format("class Sample {\n  int a=1;\n\n\n   int b( ) { return a ; }\n}\n"))
            .isEqualTo("class Sample {\n    int a = 1;\n\n    int b() { return a; }\n}\n");
    }
}
