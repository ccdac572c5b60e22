package dev.lockdown.junit;

import static dev.lockdown.junit.Declared.host;
import static dev.lockdown.junit.Declared.pod;
import static dev.lockdown.junit.Declared.service;
import static dev.lockdown.junit.LockdownAssertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tests that are played by [LockdownExtensionTest]: JUnit does not find them by itself, since no name of a class here ends with Test.
final class ShopExample {
    private ShopExample() {}

    @LockdownTest(resolves = {"kubernetes.default.svc.cluster.local", "partner.example"})
    static class Green {
        @BeforeEach
        void declare(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web").serves("UDP/5353"), pod("shop/api").labels("app=api").serves("TCP/8080"));
            cluster.services(service("shop/front").selects("app=api").serves("TCP/80 -> 8080"));
            cluster.hosts(host("partner.example").serves("TCP/443"));
        }

        @Test
        void everything_that_has_a_method(TestCluster cluster) {
            assertThat(cluster).from("shop/web").to("shop/api").on("TCP/8080").isOpen();
            cluster.denyAll("shop");
            assertThat(cluster).from("shop/web").to("shop/api").on("TCP/8080").isNoLongerOpen();
            assertThat(cluster).from("shop/web").to(Peers.service("shop/front")).on("TCP/80").isBlocked();
            assertThat(cluster).from("shop/web").resolving("kubernetes.default.svc.cluster.local").isNoLongerOpen();
            cluster.deletePolicy("deny-all", "shop");
            assertThat(cluster).from("shop/web").to("shop/api").on("TCP/8080").isOpenAgain();
            assertThat(cluster).from("shop/web").to(Peers.host("partner.example")).on("TCP/443").isStillOpen();
            cluster.denyAllIngress("shop");
            cluster.allowIngress("shop/api", "shop/web", "TCP/8080");
            assertThat(cluster).from("shop/web").to("shop/api").on("TCP/8080").isStillOpen();
            cluster.relabel("shop/web", "app=other");
            assertThat(cluster).from("shop/web").to("shop/api").on("TCP/8080").isBlocked();
            cluster.deletePolicies("shop");
            assertThat(cluster).hasNothingBroken().isAsThePoliciesSay();
        }

        @Test
        void tables_and_texts_below_a_sentence(TestCluster cluster) {
            cluster.apply("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: only-ingress}
                spec:
                  podSelector: {matchLabels: {app: api}}
                """, "shop");
            cluster.then("on TCP/8080 the truth table is", """
                |          | shop/api |
                | shop/web | blocked  |
                """);
        }
    }

    static class Red {
        @Test
        @LockdownTest
        void is_said_to_be_open(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"), pod("shop/api").labels("app=api").serves("TCP/8080"));
            cluster.denyAll("shop");
            assertThat(cluster).from("shop/web").to("shop/api").on("TCP/8080").isOpen();
        }

        @Test
        @LockdownTest
        void has_a_cell_that_differs(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"), pod("shop/api").labels("app=api").serves("TCP/8080"));
            cluster.denyAll("shop");
            cluster.then("on TCP/8080 the truth table is", """
                |          | shop/api |
                | shop/web | open     |
                """);
        }

        @Test
        @LockdownTest
        void fails_by_itself(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"));
            throw new AssertionError("of its own");
        }
    }

    @LockdownTest
    static class Doubtful {
        @Test
        void claims_nothing(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"));
        }

        @Test
        void asks_a_service_without_pods(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"), pod("shop/api").labels("app=api").serves("TCP/8080"));
            cluster.services(service("shop/front").selects("app=none").serves("TCP/80 -> 8080"));
            cluster.denyAllIngress("shop");
            assertThat(cluster).from("shop/web").to(Peers.service("shop/front")).on("TCP/80").isBlocked();
        }
    }

    static class Skipped {
        @Test
        @LockdownTest
        void needs_what_the_cluster_lacks(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"), pod("shop/api").labels("app=api").serves("TCP/8080"));
            cluster.when("the CNI agent on every node restarts");
            assertThat(cluster).from("shop/web").to("shop/api").on("TCP/8080").isOpen();
        }
    }

    static class Wrong {
        @Test
        @LockdownTest
        void names_a_pod_that_is_not_there(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"), pod("shop/api").labels("app=api").serves("TCP/8080"));
            assertThat(cluster).from("shop/wbe").to("shop/api").on("TCP/8080").isOpen();
        }

        @Test
        @LockdownTest
        void says_what_no_step_says(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"));
            cluster.when("\"shop\" refuses all ingress");
        }

        @Test
        @LockdownTest
        void names_a_pod_without_its_namespace(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"));
            assertThat(cluster).from("web").to(Peers.service("shop/api")).on("TCP/80").isOpen();
        }

        @Test
        @LockdownTest
        void says_a_port_the_other_way_round(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"), pod("shop/api").labels("app=api").serves("TCP/8080"));
            assertThat(cluster).from("shop/web").to("shop/api").on("8080/TCP").isBlocked();
        }

        @Test
        @LockdownTest
        void resolves_a_name_that_was_not_announced(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"));
            assertThat(cluster).from("shop/web").resolving("partner.example").isOpen();
        }

        @Test
        @LockdownTest
        void has_a_policy_with_a_mistake(TestCluster cluster) {
            cluster.pods(pod("shop/web").labels("app=web"));
            cluster.apply("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: slip}
                spec:
                  podSelectr: {}
                """, "shop");
        }
    }

    @LockdownTest
    static class AtOnce {
        private static final CountDownLatch BOTH = new CountDownLatch(2);

        @Test
        void one(TestCluster cluster) throws InterruptedException {
            play(cluster);
        }

        @Test
        void other(TestCluster cluster) throws InterruptedException {
            play(cluster);
        }

        private static void play(TestCluster cluster) throws InterruptedException {
            cluster.pods(pod("shop/web").labels("app=web"), pod("shop/api").labels("app=api").serves("TCP/8080"));
            assertThat(cluster).from("shop/web").to("shop/api").on("TCP/8080").isOpen();
            BOTH.countDown();
            if (!BOTH.await(30, TimeUnit.SECONDS)) throw new AssertionError("the other one does not run at the same time");
            cluster.denyAll("shop");
            assertThat(cluster).from("shop/web").to("shop/api").on("TCP/8080").isBlocked();
        }
    }
}
