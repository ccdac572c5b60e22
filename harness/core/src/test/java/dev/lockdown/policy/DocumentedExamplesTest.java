package dev.lockdown.policy;

import static dev.lockdown.policy.Written.anyOf;
import static dev.lockdown.policy.Written.anybody;
import static dev.lockdown.policy.Written.block;
import static dev.lockdown.policy.Written.namespaces;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.pods;
import static dev.lockdown.policy.Written.podsOf;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The third voice: flows that were decided by reading the documentation, not by thinking about this code.
///
/// Each row ends with the section of
/// [Network Policies](https://kubernetes.io/docs/concepts/services-networking/network-policies/) that decides it, and what it says there.
/// Change a row only with the documentation open.
@DisplayName("The documentation's examples")
class DocumentedExamplesTest {

    /// `default` with the pods of the page's main example, two other namespaces, and machines around its two blocks.
    private static Cast mainExample() {
        return Cast.cluster().namespace("default", "").namespace("mine", "project=myproject").namespace("theirs", "project=other")
            .podOn("node-1", "default/db", "role=db").podOn("node-2", "default/frontend", "role=frontend")
            .podOn("node-2", "default/other", "role=other").podOn("node-2", "mine/any", "role=any")
            .podOn("node-2", "theirs/frontend", "role=frontend")
            .host("first", "172.17.0.0").host("last", "172.17.0.255").host("excepted", "172.17.1.1").host("after", "172.17.2.0")
            .host("end", "172.17.255.255").host("beyond", "172.18.255.1").host("target", "10.0.0.7").host("neighbour", "10.0.1.7");
    }

    private static void check(Cast cast, String from, String to, String port, String expected) {
        var explained = cast.explain(from, to, port);
        var actual = explained.expectation().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        Assertions.assertThat(actual).as("%s", explained.lines()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} to {1} on {2}: {3} ({4})")
    @CsvSource(delimiter = '|', textBlock = """
        default/frontend | default/db       | TCP/6379 | allowed | #networkpolicy-resource: role=frontend of the same namespace, on 6379
        default/frontend | default/db       | TCP/6380 | denied  | #networkpolicy-resource: a rule needs its peers and its ports to match
        default/frontend | default/db       | UDP/6379 | denied  | #networkpolicy-resource: the rule's port is of TCP
        default/other    | default/db       | TCP/6379 | denied  | #networkpolicy-resource: role=db is isolated for ingress
        mine/any         | default/db       | TCP/6379 | allowed | #networkpolicy-resource: every pod of a namespace labelled project=myproject
        theirs/frontend  | default/db       | TCP/6379 | denied  | #networkpolicy-resource: role=frontend counts in the policy's namespace only
        host:first       | default/db       | TCP/6379 | allowed | #networkpolicy-resource: 172.17.0.0 to 172.17.0.255, its first address
        host:last        | default/db       | TCP/6379 | allowed | #networkpolicy-resource: 172.17.0.0 to 172.17.0.255, its last address
        host:excepted    | default/db       | TCP/6379 | denied  | #networkpolicy-resource: not 172.17.1.0/24
        host:after       | default/db       | TCP/6379 | allowed | #networkpolicy-resource: 172.17.2.0 to 172.17.255.255, its first address
        host:end         | default/db       | TCP/6379 | allowed | #networkpolicy-resource: 172.17.2.0 to 172.17.255.255, its last address
        host:beyond      | default/db       | TCP/6379 | denied  | #networkpolicy-resource: outside of the block
        default/db       | host:target      | TCP/5978 | allowed | #networkpolicy-resource: egress to 10.0.0.0/24 on 5978
        default/db       | host:target      | TCP/5979 | denied  | #networkpolicy-resource: egress on that port alone
        default/db       | host:neighbour   | TCP/5978 | denied  | #networkpolicy-resource: egress to that block alone
        default/db       | default/frontend | TCP/5978 | denied  | #networkpolicy-resource: role=db is isolated for egress
        default/other    | default/frontend | TCP/6379 | allowed | #networkpolicy-resource: pods that podSelector does not match are not touched
        default/db       | default/db       | TCP/1    | allowed | overview: a pod cannot block access to itself
        node:node-1      | default/db       | TCP/6379 | allowed | #the-two-sorts-of-pod-isolation: connections from the pod's node
        node:node-2      | default/db       | TCP/6379 | denied  | #the-two-sorts-of-pod-isolation: only the pod's node is excused
        """)
    void of_the_policy_with_everything_in_it(String from, String to, String port, String expected, String sentence) {
        check(mainExample().policy(policy("default/test-network-policy", "role=db", INGRESS, EGRESS)
            .ingress(anyOf(List.of(block("172.17.0.0/16", "172.17.1.0/24"), namespaces("project=myproject"), pods("role=frontend")),
                "TCP/6379"))
            .egress(only(block("10.0.0.0/24"), "TCP/5978"))), from, to, port, expected);
    }

    @ParameterizedTest(name = "{0} to {1} on {2}: {3} ({4})")
    @CsvSource(delimiter = '|', textBlock = """
        default/other | default/db       | TCP/80 | allowed | #the-two-sorts-of-pod-isolation: by default a pod takes every connection
        default/db    | theirs/frontend  | UDP/53 | allowed | #default-policies: without policies all traffic of a namespace is allowed
        host:first    | default/db       | TCP/80 | allowed | #the-two-sorts-of-pod-isolation: by default from anywhere
        node:node-1   | node:node-2      | TCP/22 | allowed | overview: policies apply where a pod is at one end or both
        """)
    void without_any_policy(String from, String to, String port, String expected, String sentence) {
        check(mainExample(), from, to, port, expected);
    }

    private static Cast alices() {
        return Cast.cluster().namespace("home", "user=bob").namespace("hers", "user=alice")
            .pod("home/server", "role=server").pod("home/client", "role=client").pod("home/unmatched", "role=unmatched")
            .pod("hers/client", "role=client").pod("hers/unmatched", "role=unmatched");
    }

    @ParameterizedTest(name = "{0} to {1} on {2}: {3} ({4})")
    @CsvSource(delimiter = '|', textBlock = """
        hers/client | home/server | TCP/80 | allowed | #behavior-of-to-and-from-selectors: role=client in namespaces with user=alice
        hers/unmatched   | home/server | TCP/80 | denied  | #behavior-of-to-and-from-selectors: one entry, both selectors
        home/client | home/server | TCP/80 | denied  | #behavior-of-to-and-from-selectors: one entry, both selectors
        """)
    void of_both_selectors_in_one_entry(String from, String to, String port, String expected, String sentence) {
        check(alices().policy(policy("home/and", "role=server", INGRESS).ingress(only(podsOf("user=alice", "role=client")))), from, to,
            port,
            expected);
    }

    @ParameterizedTest(name = "{0} to {1} on {2}: {3} ({4})")
    @CsvSource(delimiter = '|', textBlock = """
        hers/client | home/server | TCP/80 | allowed | #behavior-of-to-and-from-selectors: any pod of a namespace with user=alice
        hers/unmatched   | home/server | TCP/80 | allowed | #behavior-of-to-and-from-selectors: any pod of a namespace with user=alice
        home/client | home/server | TCP/80 | allowed | #behavior-of-to-and-from-selectors: or role=client of the local namespace
        home/unmatched   | home/server | TCP/80 | denied  | #behavior-of-to-and-from-selectors: neither of the two entries
        """)
    void of_both_selectors_in_two_entries(String from, String to, String port, String expected, String sentence) {
        check(alices().policy(policy("home/or", "role=server", INGRESS)
            .ingress(anyOf(List.of(namespaces("user=alice"), pods("role=client"))))), from, to, port, expected);
    }

    @ParameterizedTest(name = "{0}: {1} to {2} on {3}: {4} ({5})")
    @CsvSource(delimiter = '|', textBlock = """
        deny-ingress   | default/other | default/db      | TCP/80  | denied  | #default-deny-all-ingress-traffic: every pod is isolated for ingress
        deny-ingress   | default/db    | theirs/frontend | TCP/80  | allowed | #default-deny-all-ingress-traffic: egress is not touched
        deny-ingress   | mine/any      | theirs/frontend | TCP/80  | allowed | #default-deny-all-ingress-traffic: of that namespace alone
        deny-egress    | default/db    | theirs/frontend | TCP/80  | denied  | #default-deny-all-egress-traffic: every pod is isolated for egress
        deny-egress    | default/db    | host:target     | UDP/53  | denied  | #default-deny-all-egress-traffic: to anywhere
        deny-egress    | mine/any      | default/db      | TCP/80  | allowed | #default-deny-all-egress-traffic: ingress is not touched
        deny-all       | mine/any      | default/db      | SCTP/80 | denied  | #network-traffic-filtering: denies TCP, UDP and SCTP
        deny-all       | default/db    | mine/any        | UDP/53  | denied  | #default-deny-all-ingress-and-all-egress-traffic: both directions
        allow-ingress  | mine/any      | default/db      | TCP/80  | allowed | #allow-all-ingress-traffic: no other policy can deny it
        allow-ingress  | host:first    | default/db      | TCP/80  | allowed | #allow-all-ingress-traffic: every incoming connection
        allow-ingress  | default/db    | mine/any        | TCP/80  | denied  | #allow-all-ingress-traffic: isolation for egress stays
        allow-egress   | default/db    | mine/any        | TCP/80  | allowed | #allow-all-egress-traffic: no other policy can deny it
        allow-egress   | default/db    | host:beyond     | UDP/9   | allowed | #allow-all-egress-traffic: every outgoing connection
        allow-egress   | mine/any      | default/db      | TCP/80  | denied  | #allow-all-egress-traffic: isolation for ingress stays
        """)
    void of_default_policies(String which, String from, String to, String port, String expected, String sentence) {
        var denyAll = policy("default/deny-all", "", INGRESS, EGRESS);
        var cast = switch (which) {
            case "deny-ingress" -> mainExample().policy(policy("default/deny", "", INGRESS));
            case "deny-egress" -> mainExample().policy(policy("default/deny", "", EGRESS));
            case "deny-all" -> mainExample().policy(denyAll);
            case "allow-ingress" -> mainExample().policy(denyAll).policy(policy("default/allow", "", INGRESS).ingress(anybody()));
            case "allow-egress" -> mainExample().policy(denyAll).policy(policy("default/allow", "", EGRESS).egress(anybody()));
            default -> throw new IllegalArgumentException(which);
        };
        check(cast, from, to, port, expected);
    }

    @ParameterizedTest(name = "{0} to {1} on {2}: {3} ({4})")
    @CsvSource(delimiter = '|', textBlock = """
        default/db | host:target    | TCP/31999 | denied  | #targeting-a-range-of-ports: below the range
        default/db | host:target    | TCP/32000 | allowed | #targeting-a-range-of-ports: from 32000
        default/db | host:target    | TCP/32768 | allowed | #targeting-a-range-of-ports: to 32768
        default/db | host:target    | TCP/32769 | denied  | #targeting-a-range-of-ports: above the range
        default/db | host:target    | UDP/32000 | denied  | #targeting-a-range-of-ports: over TCP
        default/db | host:neighbour | TCP/32000 | denied  | #targeting-a-range-of-ports: within 10.0.0.0/24
        """)
    void of_a_range_of_ports(String from, String to, String port, String expected, String sentence) {
        check(mainExample().policy(policy("default/multi-port-egress", "role=db", EGRESS)
            .egress(only(block("10.0.0.0/24"), "TCP/32000-32768"))), from, to, port, expected);
    }

    @ParameterizedTest(name = "{0} to {1} on {2}: {3} ({4})")
    @CsvSource(delimiter = '|', textBlock = """
        default/myapp | frontend/a | TCP/80 | allowed | #targeting-multiple-namespaces-by-label: namespace in (frontend, backend)
        default/myapp | backend/a  | TCP/80 | allowed | #targeting-multiple-namespaces-by-label: namespace in (frontend, backend)
        default/myapp | unlabelled/a | TCP/80 | denied | #targeting-multiple-namespaces-by-label: the target namespaces have to be labelled
        """)
    void of_several_namespaces_by_label(String from, String to, String port, String expected, String sentence) {
        check(Cast.cluster().namespace("frontend", "namespace=frontend").namespace("backend", "namespace=backend")
            .pod("default/myapp", "app=myapp").pod("frontend/a", "").pod("backend/a", "").pod("unlabelled/a", "")
            .policy(policy("default/egress-namespaces", "app=myapp", EGRESS).egress(only(namespaces("namespace in (frontend backend)")))),
            from, to, port, expected);
    }

    @ParameterizedTest(name = "{0} to {1} on {2}: {3} ({4})")
    @CsvSource(delimiter = '|', textBlock = """
        mine/any         | default/db | TCP/80 | allowed | #targeting-a-namespace-by-its-name: the control plane sets the label
        default/frontend | default/db | TCP/80 | denied  | #targeting-a-namespace-by-its-name: on every namespace with its own name
        """)
    void of_a_namespace_by_its_name(String from, String to, String port, String expected, String sentence) {
        check(mainExample().policy(policy("default/by-name", "", INGRESS).ingress(only(namespaces("kubernetes.io/metadata.name=mine")))),
            from, to, port, expected);
    }

    @ParameterizedTest(name = "{0}: {1} to {2} on {3}: {4} ({5})")
    @CsvSource(delimiter = '|', textBlock = """
        both-sides   | default/frontend | default/db | TCP/80 | allowed | #the-two-sorts-of-pod-isolation: egress of one and ingress of the other
        egress-only  | default/frontend | default/db | TCP/80 | denied  | #the-two-sorts-of-pod-isolation: if either side does not allow it, no
        ingress-only | default/frontend | default/db | TCP/80 | denied  | #the-two-sorts-of-pod-isolation: if either side does not allow it, no
        two-policies | default/frontend | default/db | TCP/80 | allowed | #the-two-sorts-of-pod-isolation: the union of what the policies allow
        two-policies | mine/any         | default/db | TCP/81 | allowed | #the-two-sorts-of-pod-isolation: the union of what the policies allow
        two-policies | default/frontend | default/db | TCP/81 | denied  | #the-two-sorts-of-pod-isolation: and nothing else
        """)
    void of_isolation(String which, String from, String to, String port, String expected, String sentence) {
        var out = policy("default/out", "role=frontend", EGRESS);
        var in = policy("default/in", "role=db", INGRESS);
        var toDb = out.egress(only(pods("role=db")));
        var fromFrontend = in.ingress(only(pods("role=frontend"), "TCP/80"));
        var cast = switch (which) {
            case "both-sides" -> mainExample().policy(toDb).policy(fromFrontend);
            case "egress-only" -> mainExample().policy(toDb).policy(in);
            case "ingress-only" -> mainExample().policy(out).policy(fromFrontend);
            case "two-policies" -> mainExample().policy(fromFrontend)
                .policy(policy("default/more", "role=db", INGRESS).ingress(only(namespaces("project=myproject"), "TCP/81")));
            default -> throw new IllegalArgumentException(which);
        };
        check(cast, from, to, port, expected);
    }

    @ParameterizedTest(name = "{0}: {1} to {2} on {3}: {4} ({5})")
    @CsvSource(delimiter = '|', textBlock = """
        subject | default/other | default/host  | TCP/80 | unspecified | #networkpolicy-and-hostnetwork-pods: podSelector of a policy matches one
        peer    | default/host  | default/other | TCP/80 | unspecified | #networkpolicy-and-hostnetwork-pods: a selector of a rule matches one
        block   | default/host  | default/other | TCP/80 | allowed     | #networkpolicy-and-hostnetwork-pods: an ipBlock can admit one
        pods    | default/db    | default/other | TCP/80 | unspecified | #behavior-of-ipblock-selectors: blocks are for addresses outside
        """)
    void of_what_is_not_defined(String which, String from, String to, String port, String expected, String sentence) {
        var cast = mainExample().hostNetworkPodOn("node-1", "default/host", "role=host");
        cast.policy(switch (which) {
            case "subject" -> policy("default/subject", "role=host", INGRESS);
            case "peer" -> policy("default/peer", "role=other", INGRESS).ingress(only(pods("role=host")));
            case "block" -> policy("default/block", "role=other", INGRESS).ingress(only(block("172.18.0.2/32")));
            case "pods" -> policy("default/pods", "role=other", INGRESS).ingress(only(block("10.42.0.0/16")));
            default -> throw new IllegalArgumentException(which);
        });
        check(cast, from, to, port, expected);
    }

    /// The walkthrough is at <https://kubernetes.io/docs/tasks/administer-cluster/declare-network-policy/>.
    @ParameterizedTest(name = "{0} to {1} on {2}: {3} ({4})")
    @CsvSource(delimiter = '|', textBlock = """
        default/with    | service:default/nginx | TCP/80 | allowed | declare-network-policy: a pod labelled access=true gets through
        default/without | service:default/nginx | TCP/80 | denied  | declare-network-policy: a pod without the label times out
        """)
    void of_the_nginx_walkthrough(String from, String to, String port, String expected, String sentence) {
        check(Cast.cluster().pod("default/nginx", "app=nginx").pod("default/with", "access=true").pod("default/without", "")
            .service("default/nginx", "app=nginx", "TCP/80", "80")
            .policy(policy("default/access-nginx", "app=nginx").ingress(only(pods("access=true")))), from, to, port, expected);
    }
}
