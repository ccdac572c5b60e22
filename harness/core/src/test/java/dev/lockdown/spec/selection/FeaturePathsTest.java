package dev.lockdown.spec.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The path of a feature")
class FeaturePathsTest {
    @Test
    void is_that_of_the_file_from_which_the_class_path_has_it() {
        assertThat(FeaturePaths.of(URI.create("classpath:dev/lockdown/suite/played/nobody.feature")))
            .isEqualTo("src/test/resources/dev/lockdown/suite/played/nobody.feature");
    }

    @Test
    void is_its_address_where_it_is_no_file() {
        assertThat(FeaturePaths.of(URI.create("classpath:no/such.feature"))).isEqualTo("classpath:no/such.feature");
        assertThat(FeaturePaths.of(URI.create("jar:file:/a.jar!/b.feature"))).isEqualTo("jar:file:/a.jar!/b.feature");
    }

    @Test
    void is_relative_within_the_working_folder() {
        assertThat(FeaturePaths.of(Path.of("src/x.feature").toAbsolutePath().toUri())).isEqualTo("src/x.feature");
        assertThat(FeaturePaths.of(URI.create("file:/elsewhere/x.feature"))).isEqualTo("/elsewhere/x.feature");
    }
}
