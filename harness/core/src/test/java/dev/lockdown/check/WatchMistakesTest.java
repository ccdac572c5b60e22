package dev.lockdown.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Flows that cannot be watched")
class WatchMistakesTest {
    private static final String FEATURE = """
        Feature: Watched

          Scenario: one
            Given the pods
              | pod      | labels  | serves             |
              | shop/web | app=web | TCP/8080           |
              | shop/api | app=api | TCP/8080, UDP/5353 |
        """;

    @TempDir
    private Path folder;

    private List<String> mistakes(String steps) throws IOException {
        return new FeatureCheck(true).whole(Files.writeString(folder.resolve("checked.feature"), FEATURE + steps)).mistakes().stream()
            .map(m -> "%s:%s %s".formatted(m.line(), m.column(), m.problem())).toList();
    }

    @Test
    void are_told_where_the_wrong_word_stands_and_nothing_that_follows_from_it() throws IOException {
        assertThat(mistakes("""
                And these flows are watched
                  | from     | to        | ports              |
                  | shop/web | shop/apis | TCP/8080           |
                  | shop/web | shop/api  | TCP/8081           |
                  | shop/w   | shop/api  | TCP/8080, UDP/5353 |
                And "shop/api" to "shop/we" on TCP/8080 is held open
                Then "shop/web" to "shop/api" on TCP/8080 was never open
                And the connection "shop/api" to "shop/web" on TCP/8080 survives
                And the connection "shop/api" to "shop/wib" on TCP/8080 survives
            """)).containsExactly(
            "10:20 there is no pod \"shop/apis\"; did you mean \"shop/api\"? There are: shop/api, shop/web",
            "11:32 shop/api does not serve TCP/8081; it serves TCP/8080, UDP/5353",
            "12:9 there is no pod \"shop/w\"; did you mean \"shop/web\"? There are: shop/api, shop/web",
            "13:24 there is no pod \"shop/we\"; did you mean \"shop/web\"? There are: shop/api, shop/web",
            "16:39 there is no pod \"shop/wib\"; did you mean \"shop/web\"? There are: shop/api, shop/web");
    }

    @Test
    void are_missed_where_nobody_spoke_of_them() throws IOException {
        assertThat(mistakes("""
                Then "shop/web" to "shop/api" on TCP/8080 was never open
                And the connection "shop/web" to "shop/api" on TCP/8080 survives
            """)).satisfiesExactly(m -> assertThat(m).startsWith("8:").contains("is not watched; say before"),
            m -> assertThat(m).startsWith("9:").contains("is not held open; say before"));
    }
}
