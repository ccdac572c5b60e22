package dev.lockdown.cluster.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.dns.StubResolver.Exchange;
import dev.lockdown.cluster.dns.StubResolver.Result;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.Resolved;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Outcome.Unresolved;
import dev.lockdown.flow.Probe.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

@DisplayName("A lookup")
class StubResolverTest {
    private static final Duration ROUND_TRIP = Duration.ofMillis(3);
    private static final Outcome SILENCE = new TimedOut(Duration.ofMillis(1500), Lost.UNKNOWN);

    private final Script script = new Script();

    @Test
    void searches_the_namespace_then_the_cluster_then_the_world() {
        inShop("api");
        assertThat(script.asked).containsExactly("api.shop.svc.cluster.local.", "api.svc.cluster.local.", "api.cluster.local.", "api.");
    }

    @Test
    void ends_its_search_at_the_first_address() {
        script.answers("api.shop.svc.cluster.local.", "10.43.7.7");
        inShop("api");
        assertThat(script.asked).containsExactly("api.shop.svc.cluster.local.");
    }

    @Test
    void asks_a_name_with_a_trailing_dot_as_it_stands() {
        inShop("partner.example.");
        assertThat(script.asked).containsExactly("partner.example.");
    }

    @Test
    void searches_last_for_a_name_of_five_dots() {
        inShop("a.b.c.d.e.f");
        assertThat(script.asked).startsWith("a.b.c.d.e.f.", "a.b.c.d.e.f.shop.svc.cluster.local.");
    }

    @Test
    void searches_first_for_a_name_of_four_dots() {
        inShop("a.b.c.d.e");
        assertThat(script.asked).startsWith("a.b.c.d.e.shop.svc.cluster.local.");
    }

    @Test
    void leaves_out_a_search_domain_that_makes_the_name_too_long() {
        var name = "a.".repeat(115) + "b";
        inShop(name);
        assertThat(script.asked).containsExactly(name + ".", name + ".svc.cluster.local.", name + ".cluster.local.");
    }

    @Test
    void has_no_search_domains_on_a_node() {
        StubResolver.absolute(script).resolve("api", Transport.EITHER, Family.IPV4);
        assertThat(script.asked).containsExactly("api.");
    }

    @Test
    void gives_all_addresses_and_the_round_trip_of_the_answer() {
        script.answers("api.shop.svc.cluster.local.", "10.43.7.7", "10.43.7.8");
        assertThat(inShop("api")).isEqualTo(new Resolved(ROUND_TRIP, List.of("10.43.7.7", "10.43.7.8")));
    }

    @Test
    void follows_an_alias() {
        script.alias("db.shop.svc.cluster.local.", "db.partner.example.", "203.0.113.7");
        assertThat(inShop("db")).isEqualTo(new Resolved(ROUND_TRIP, List.of("203.0.113.7")));
    }

    @Test
    void does_not_follow_the_alias_of_another_name() {
        script.aliasOfAnother("web.", "db.", "db.partner.example.", "203.0.113.7");
        assertThat(inShop("web.")).isEqualTo(new Unresolved("web.", "no data"));
    }

    @Test
    void wishes_for_recursion() {
        inShop("api.");
        assertThat(script.wishedForRecursion).isTrue();
    }

    @Test
    void does_not_go_round_with_an_alias_of_itself() {
        script.alias("db.", "db.", "203.0.113.7", "elsewhere.");
        assertThat(inShop("db.")).isEqualTo(new Unresolved("db.", "no data"));
    }

    @Test
    void says_that_nobody_has_the_name() {
        assertThat(inShop("api")).isEqualTo(new Unresolved("api", "NXDOMAIN"));
    }

    @Test
    void says_that_the_name_has_no_address_though_the_last_of_the_search_is_nobodys() {
        script.answers("api.shop.svc.cluster.local.");
        assertThat(inShop("api")).isEqualTo(new Unresolved("api", "no data"));
    }

    @Test
    void goes_on_after_a_server_failure() {
        script.fails("api.shop.svc.cluster.local.", Rcode.SERVFAIL);
        script.answers("api.svc.cluster.local.", "10.43.7.7");
        assertThat(inShop("api")).isInstanceOf(Resolved.class);
    }

    @Test
    void says_that_the_server_failed() {
        script.fails("api.shop.svc.cluster.local.", Rcode.SERVFAIL);
        assertThat(inShop("api")).isEqualTo(new Unresolved("api", "SERVFAIL"));
    }

    @Test
    void ends_its_search_where_the_server_refuses_to_answer() {
        script.fails("api.shop.svc.cluster.local.", Rcode.REFUSED);
        assertThat(inShop("api")).isEqualTo(new Unresolved("api.shop.svc.cluster.local", "REFUSED"));
    }

    @Test
    void ends_its_search_in_silence() {
        script.breaks(false, SILENCE);
        inShop("api");
        assertThat(script.asked).hasSize(1);
    }

    @Test
    void sees_what_the_transport_saw() {
        script.breaks(false, new Refused());
        assertThat(inShop("api")).isEqualTo(new Refused());
    }

    @Test
    void asks_again_over_tcp_for_what_was_cut() {
        script.answers("api.", "10.43.7.7").cutOverUdp();
        assertThat(inShop("api.")).isInstanceOf(Resolved.class);
    }

    @Test
    void is_silent_when_the_answer_was_cut_and_tcp_is_silent() {
        script.answers("api.", "10.43.7.7").cutOverUdp();
        script.breaks(true, SILENCE);
        assertThat(inShop("api.")).isEqualTo(SILENCE);
    }

    @Test
    void says_that_the_answer_was_cut_when_udp_is_all_it_may_use() {
        script.answers("api.", "10.43.7.7").cutOverUdp();
        assertThat(resolve("api.", Transport.UDP, Family.IPV4)).isEqualTo(new Unresolved("api.", "truncated"));
    }

    @Test
    void uses_tcp_alone_when_told_to() {
        script.answers("api.", "10.43.7.7").cutOverUdp();
        assertThat(resolve("api.", Transport.TCP, Family.IPV4)).isInstanceOf(Resolved.class);
    }

    @Test
    void finds_no_address_of_the_other_family() {
        script.answers("api.", "10.43.7.7");
        assertThat(resolve("api.", Transport.EITHER, Family.IPV6)).isEqualTo(new Unresolved("api.", "no data"));
    }

    @Test
    void does_not_believe_the_answer_to_another_question() {
        script.answers("bpi.", "10.43.7.7");
        Exchange liar = (query, tcp) -> {
            query[13]++;
            return script.exchange(query, tcp);
        };
        assertThat(StubResolver.absolute(liar).resolve("api.", Transport.EITHER, Family.IPV4))
            .isEqualTo(new ProbeFailed("the name server answered another question for api."));
    }

    @Test
    void does_not_believe_the_answer_of_another_number() {
        script.answers("api.", "10.43.7.7");
        Exchange liar = (query, tcp) -> {
            query[0]++;
            return script.exchange(query, tcp);
        };
        assertThat(StubResolver.absolute(liar).resolve("api.", Transport.EITHER, Family.IPV4))
            .isEqualTo(new ProbeFailed("the name server did not answer the question for api."));
    }

    @Test
    void cannot_be_made_for_what_is_not_a_name() {
        assertThat(inShop("a..b")).isInstanceOf(ProbeFailed.class);
    }

    @Test
    void cannot_be_read_from_what_is_not_a_dns_message() {
        Exchange echo = (query, tcp) -> new Result.Answer(new byte[5], ROUND_TRIP);
        assertThat(StubResolver.absolute(echo).resolve("api.", Transport.EITHER, Family.IPV4))
            .isEqualTo(new ProbeFailed("the name server answered with something that is not a DNS message for api."));
    }

    private Outcome inShop(String name) {
        return resolve(name, Transport.EITHER, Family.IPV4);
    }

    private Outcome resolve(String name, Transport transport, Family family) {
        return StubResolver.inNamespace("shop", script).resolve(name, transport, family);
    }

    /// A name server that says what it was told to say.
    private static final class Script implements Exchange {
        private final List<String> asked = new ArrayList<>();
        private final Map<String, List<Record>> answers = new HashMap<>();
        private final Map<String, Integer> failures = new HashMap<>();
        private final Map<Boolean, Outcome> broken = new HashMap<>();
        private boolean cut;
        private boolean wishedForRecursion;

        Script answers(String name, String... addresses) {
            answers.put(name, new ArrayList<>());
            for (var address : addresses) record(name, new ARecord(name(name), DClass.IN, 5, InetAddress.ofLiteral(address)));
            return this;
        }

        void alias(String name, String target, String address, String... owner) {
            record(name, new CNAMERecord(name(name), DClass.IN, 5, name(target)));
            record(name, new ARecord(name(owner.length == 0 ? target : owner[0]), DClass.IN, 5, InetAddress.ofLiteral(address)));
        }

        void aliasOfAnother(String name, String other, String target, String address) {
            record(name, new CNAMERecord(name(other), DClass.IN, 5, name(target)));
            record(name, new ARecord(name(target), DClass.IN, 5, InetAddress.ofLiteral(address)));
        }

        void fails(String name, int rcode) {
            failures.put(name, rcode);
        }

        void breaks(boolean tcp, Outcome outcome) {
            broken.put(tcp, outcome);
        }

        void cutOverUdp() {
            cut = true;
        }

        @Override
        public Result exchange(byte[] query, boolean tcp) {
            try {
                var message = new Message(query);
                var name = message.getQuestion().getName().toString();
                asked.add(name);
                wishedForRecursion = message.getHeader().getFlag(Flags.RD);
                if (broken.containsKey(tcp)) return new Result.Failed(broken.get(tcp));
                message.getHeader().setFlag(Flags.QR);
                if (cut && !tcp) message.getHeader().setFlag(Flags.TC);
                else answers.getOrDefault(name, List.of()).forEach(r -> message.addRecord(r, Section.ANSWER));
                message.getHeader().setRcode(failures.getOrDefault(name, answers.containsKey(name) ? Rcode.NOERROR : Rcode.NXDOMAIN));
                return new Result.Answer(message.toWire(), ROUND_TRIP);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void record(String name, Record record) {
            answers.computeIfAbsent(name, _ -> new ArrayList<>()).add(record);
        }

        private static Name name(String text) {
            return Name.fromConstantString(text);
        }
    }
}
