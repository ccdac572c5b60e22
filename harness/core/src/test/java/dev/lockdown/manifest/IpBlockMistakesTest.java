package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.refusalOfSpec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An ipBlock")
class IpBlockMistakesTest {

    @Test
    void needs_a_prefix_length() {
        assertThat(refusalOf("cidr: 10.0.0.0")).isEqualTo("""
            a.yaml:5:35: NetworkPolicy.spec.egress[0].to[0].ipBlock.cidr "10.0.0.0" is not a CIDR block: it has no prefix length
              expected an address, a slash and a prefix length, such as 10.0.0.0/8, 192.0.2.7/32 or 2001:db8::/32""");
    }

    @Test
    void needs_a_prefix_length_of_its_family() {
        assertThat(refusalOf("cidr: 10.0.0.0/33")).contains(
            "cidr \"10.0.0.0/33\" is not a CIDR block: the prefix length is not between 0 and 32\n");
    }

    @Test
    void needs_an_address_and_no_name() {
        assertThat(refusalOf("cidr: example.org/8")).contains("cidr \"example.org/8\" is not a CIDR block\n");
    }

    @Test
    void needs_a_cidr() {
        assertThat(refusalOf("except: [10.0.0.0/8]")).isEqualTo("""
            a.yaml:5:28: NetworkPolicy.spec.egress[0].to[0].ipBlock has no cidr
              expected one, such as cidr: 10.0.0.0/8""");
    }

    @Test
    void excepts_nothing_outside_its_cidr() {
        assertThat(refusalOf("cidr: 10.0.0.0/8, except: [192.168.0.0/16]")).isEqualTo("""
            a.yaml:5:56: NetworkPolicy.spec.egress[0].to[0].ipBlock.except[0] 192.168.0.0/16 is not strictly inside 10.0.0.0/8
              an exception takes a part out of its cidr: the same addresses with a longer prefix, at least /9""");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.0.0.0/8", "10.1.0.0/16, 10.0.0.0/8", "0.0.0.0/0, 2001:db8::/32", "2001:db8::/32, 2001:db9::/33",
        "10.0.0.0/9, 10.128.0.0/10"})
    void excepts_nothing_that_is_not_strictly_inside(String cidr, String except) {
        assertThat(refusalOf("cidr: \"%s\", except: [\"%s\"]".formatted(cidr, except))).contains(" is not strictly inside ");
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0/0, 10.0.0.0/8", "10.0.0.0/8, 10.255.255.255/32", "'::/0', 2001:db8::/32", "10.128.0.0/9, 10.128.0.0/10"})
    void excepts_what_is_strictly_inside(String cidr, String except) {
        assertThatCode(() -> Texts.policy("egress: [{to: [{ipBlock: {cidr: \"%s\", except: [\"%s\"]}}]}]".formatted(cidr, except)))
            .doesNotThrowAnyException();
    }

    private static String refusalOf(String block) {
        return refusalOfSpec("egress: [{to: [{ipBlock: {%s}}]}]".formatted(block));
    }
}
