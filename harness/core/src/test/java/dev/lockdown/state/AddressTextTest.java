package dev.lockdown.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An address")
class AddressTextTest {
    @ParameterizedTest
    @CsvSource({"fd42:0:0:1:0:0:0:5, fd42:0:0:1::5", "0:0:0:0:0:0:0:0, ::", "0:0:0:0:0:0:0:1, ::1",
        "2001:DB8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", "fd42:0:0:1:0:0:0:0, fd42:0:0:1::", "10.42.0.5, 10.42.0.5", "shop/api, shop/api"})
    void is_written_as_rfc_5952_has_it(String literal, String text) {
        assertThat(AddressText.of(literal)).isEqualTo(text);
    }
}
