package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses, ports and rules are written the same whatever digits and small letters the machine's language has.
@NamespacesAvailable
@Isolated("sets the locale of the whole process")
@DisplayName("A scenario")
class LocaleTest {
    private final Locale before = Locale.getDefault();

    @TempDir
    private Path folder;

    @AfterEach
    void goBack() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa-IR", "ar-EG", "mr-IN", "tr-TR"})
    void passes_in_every_language(String language) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(language));
        var play = Play.of(folder, """
            @dual-stack
            Feature: languages
              Scenario: IP blocks, ports and Services
                Given the pods
                  | pod      | labels  | serves                       | node   |
                  | shop/web | app=web | TCP/8080                     | node-1 |
                  | shop/api | app=api | TCP/8080, UDP/5353, TCP/9090 | node-2 |
                And the services
                  | service  | selects | serves         |
                  | shop/api | app=api | TCP/80 -> 8080 |
                When "shop" denies all ingress
                And "shop/api" is allowed ingress from "shop/web" on TCP/8080 and UDP/5353
                Then "shop/web" can reach "shop/api" on TCP/8080 and UDP/5353
                And "shop/web" can reach service "shop/api" on TCP/80
                And "shop/web" can resolve api.shop.svc.cluster.local
                But "shop/web" cannot reach "shop/api" on TCP/9090
                And every flow is as the policies say
            """);
        assertThat(play.problem()).isEmpty();
        assertThat(play.endings).containsExactly(Ending.PASSED);
    }
}
