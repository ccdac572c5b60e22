package dev.lockdown.policy;

/// What NetworkPolicy v1 leaves to the implementation, each with the reference that says so.
///
/// A flow is unspecified only where the permitted readings differ: a hostNetwork pod that no policy selects is as open as any other pod.
public enum OpenQuestion implements Ruling {
    /// A pod reaches itself through a Service: it may count as its own address, as a pod like others, or as its node after SNAT.
    HAIRPIN("a pod that reaches itself through a Service may count as itself, as a peer or as its node", Docs.AFTER_REWRITING),
    /// A policy selects a hostNetwork pod: it may apply as to any pod, or not at all.
    HOST_NETWORK_SUBJECT("a policy may or may not apply to a hostNetwork pod", Docs.HOST_NETWORK),
    /// A selector names a hostNetwork pod: it may count as a pod, or only as its node's address.
    HOST_NETWORK_PEER("a hostNetwork pod may count as a pod or as its node", Docs.HOST_NETWORK),
    /// Only an ipBlock covers a pod's address; blocks are meant for addresses outside the cluster.
    POD_BY_IP_BLOCK("an ipBlock may or may not match a pod's address", Docs.AFTER_REWRITING),
    /// The documentation's overview excuses traffic to the pod's node; its chapter on isolation excuses only traffic from it.
    EGRESS_TO_OWN_NODE("egress to the pod's own node may or may not be excused", Docs.ISOLATION),
    /// A NodePort, or a Service dialled from outside, may replace the source by a node's address.
    REWRITTEN_SOURCE("the source may be rewritten before policy sees it", Docs.AFTER_REWRITING),
    /// `externalTrafficPolicy: Local`, and an endpoint that is not on that node: what comes for it is dropped there, whatever policies say.
    NO_LOCAL_ENDPOINT("externalTrafficPolicy is Local, so that node leads to endpoints of its own alone and drops what comes otherwise",
        Docs.TRAFFIC_POLICY),
    /// `externalTrafficPolicy: Local`: whoever chooses the node, a load balancer or a client, chooses which backends there are.
    CHOICE_OF_NODE("with externalTrafficPolicy Local the node that is chosen decides which backends there are", Docs.TRAFFIC_POLICY),
    /// A rule admits the Service's own address and port, but not those behind it.
    BEFORE_OR_AFTER_DNAT("policy may see the Service's address and port or those behind it", Docs.AFTER_REWRITING),
    /// A Service, or this port of it, has nobody behind it, so there is nothing to be allowed or denied.
    NO_ENDPOINTS("there is no endpoint behind it", "no endpoints"),
    /// An ipBlock would decide, but nobody gave the address: manifests alone do not have it.
    ADDRESS_UNKNOWN("an ipBlock decides, and the address is not known before the cluster gives one", "address not known"),
    /// It matters whether the pod runs on that node, and nobody has scheduled it yet.
    NODE_UNKNOWN("the node of the pod decides, and is not known before the scheduler chooses it", "node not known"),
    /// Only TCP, UDP and SCTP are defined. Flows have no other protocol; probes may.
    ICMP("policies are defined for TCP, UDP and SCTP only", Docs.URL + "#network-traffic-filtering"),
    /// A policy's effect on a connection that is already established. Flows are new connections; held ones may be asked about.
    ESTABLISHED("a change may or may not reach connections that are established",
        Docs.URL + "#networkpolicy-s-impact-on-existing-connections");

    private final String sentence;
    private final String reference;

    OpenQuestion(String sentence, String reference) {
        this.sentence = sentence;
        this.reference = reference;
    }

    /// What is open, as a clause for people.
    public String sentence() {
        return sentence;
    }

    /// Where the API says so, or what is missing.
    public String reference() {
        return reference;
    }

    private static final class Docs {
        static final String URL = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";
        static final String AFTER_REWRITING = URL + "#behavior-of-ipblock-selectors";
        static final String TRAFFIC_POLICY =
            "https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy";
        static final String HOST_NETWORK = URL + "#networkpolicy-and-hostnetwork-pods";
        static final String ISOLATION = URL + "#the-two-sorts-of-pod-isolation";
    }
}
