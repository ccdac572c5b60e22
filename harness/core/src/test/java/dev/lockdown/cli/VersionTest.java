package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VersionTest {
    private static final String TIME = "2026-11-29T07:08:20Z";

    @Test
    void a_build_says_its_commit_as_semantic_versioning_has_it() {
        var version = new Version("0.1.0-SNAPSHOT", "4ba861e74e3d", TIME);
        assertThat(version.full()).isEqualTo("0.1.0-SNAPSHOT+4ba861e74e3d");
        assertThat(version.lines()).containsExactly("lockdown 0.1.0-SNAPSHOT+4ba861e74e3d",
            "commit 4ba861e74e3d of 2026-11-29T07:08:20Z", Version.platform());
    }

    @Test
    void what_is_not_committed_is_said() {
        var version = new Version("1.0", "4ba861e74e3d-dirty", TIME);
        assertThat(version.full()).isEqualTo("1.0+4ba861e74e3d.dirty");
        assertThat(version.lines()).contains("commit 4ba861e74e3d of 2026-11-29T07:08:20Z, and changes that are not committed");
    }

    @Test
    void a_build_without_git_says_its_number_alone() {
        var version = new Version("1.0", "", "");
        assertThat(version.full()).isEqualTo("1.0");
        assertThat(version.lines()).containsExactly("lockdown 1.0", Version.platform());
    }

    @Test
    void the_build_has_filled_in_what_is_running() {
        assertThat(Version.own().number()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
        assertThat(Version.own().commit()).matches("([0-9a-f]{12}(-dirty)?)?");
    }
}
