package dev.lockdown.junit;

/// Asks a cluster by real connections, as the verdict steps of features do.
///
/// ```java
/// assertThat(cluster).from("shop/web").to("shop/api").on("TCP/8080").isBlocked();
/// assertThat(cluster).from("shop/web").to(service("shop/api")).on("TCP/80").isStillOpen();
/// assertThat(cluster).from("shop/web").resolving("kubernetes.default.svc.cluster.local").isOpen();
/// ```
public final class LockdownAssertions {
    private LockdownAssertions() {}

    public static ClusterAssert assertThat(TestCluster cluster) {
        return new ClusterAssert(cluster);
    }

    /// What can be asserted of a whole cluster.
    public static final class ClusterAssert {
        private final TestCluster cluster;

        private ClusterAssert(TestCluster cluster) {
            this.cluster = cluster;
        }

        /// @param peer `shop/web`, or one of [Peers]
        public Source from(String peer) {
            return new Source(cluster, Peers.peer(peer));
        }

        /// Every declared flow is as the policies say.
        public ClusterAssert isAsThePoliciesSay() {
            cluster.then("every flow is as the policies say");
            return this;
        }

        /// Every flow that was open before the first policy is open now.
        public ClusterAssert hasNothingBroken() {
            cluster.then("nothing broke");
            return this;
        }
    }

    /// From where.
    public static final class Source {
        private final TestCluster cluster;
        private final String from;

        private Source(TestCluster cluster, String from) {
            this.cluster = cluster;
            this.from = from;
        }

        /// @param peer `shop/api`, or one of [Peers]
        public Destination to(String peer) {
            return new Destination(cluster, from, Peers.peer(peer));
        }

        /// Asks the cluster's DNS, over UDP and, if it must, over TCP. The name is one of those of [LockdownTest#resolves].
        public Verdict resolving(String name) {
            return new Verdict(cluster, from, "resolve " + name);
        }

        /// The same over one of them: `UDP`, `TCP`.
        public Verdict resolving(String name, String transport) {
            return new Verdict(cluster, from, "resolve %s over %s".formatted(name, transport));
        }

        /// Sends a datagram that answers nothing.
        public Verdict sendingUnaskedDatagramTo(String peer) {
            return new Verdict(cluster, from, "send %s an unasked datagram".formatted(Peers.peer(peer)));
        }
    }

    /// To where.
    public static final class Destination {
        private final TestCluster cluster;
        private final String from;
        private final String to;

        private Destination(TestCluster cluster, String from, String to) {
            this.cluster = cluster;
            this.from = from;
            this.to = to;
        }

        /// @param ports `TCP/8080`, `TCP/53 and UDP/53`, `TCP/http`, `ICMP`, `every port`
        public Verdict on(String ports) {
            return new Verdict(cluster, from, "reach %s on %s".formatted(to, ports));
        }
    }

    /// What must hold. Each returns when it does, and fails the test with all that is known when it does not, or when nothing is proven.
    public static final class Verdict {
        private final TestCluster cluster;
        private final String from;
        private final String what;

        private Verdict(TestCluster cluster, String from, String what) {
            this.cluster = cluster;
            this.from = from;
            this.what = what;
        }

        public void isOpen() {
            say("can");
        }

        /// With proof that the way would be open without the policies.
        public void isBlocked() {
            say("cannot");
        }

        /// As before the first policy.
        public void isStillOpen() {
            say("can still");
        }

        /// Blocked now, and open before the first policy.
        public void isNoLongerOpen() {
            say("can no longer");
        }

        /// After an assertion before saw it blocked.
        public void isOpenAgain() {
            say("can again");
        }

        private void say(String can) {
            cluster.then("%s %s %s".formatted(from, can, what));
        }
    }
}
