package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTest {

    @Test
    void a_check_survives_its_way_between_processes() {
        var checks = List.of(Check.good("namespaces", "made one"), Check.lacking("SCTP", "none", null).optional(),
            Check.lacking("nftables", "refused", "apt-get install -y libnftables1"));
        assertThat(checks.stream().map(Check::line).map(Check::parse)).isEqualTo(checks);
    }

    @Test
    void a_message_of_several_lines_becomes_one() {
        assertThat(Check.lacking("nftables", "refused:\n\tline 1", null).line()).doesNotContain("\n").contains("refused:  line 1");
    }

    @Test
    void another_line_is_no_check() {
        assertThatThrownBy(() -> Check.parse("WARNING: something")).hasMessage("not a check: WARNING: something");
    }
}
