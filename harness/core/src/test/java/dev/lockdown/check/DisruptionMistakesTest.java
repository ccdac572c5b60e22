package dev.lockdown.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.CniNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A disruption that cannot be")
class DisruptionMistakesTest {
    private static final String FEATURE = """
        Feature: Disrupted

          Background:
            Given the pods
              | pod       | labels  | serves   | node   |
              | shop/web  | app=web | TCP/8080 | node-1 |
              | shop/api  | app=api | TCP/8080 | node-2 |

          Scenario: one
            When %s
            Then "shop/web" can reach "shop/api" on TCP/8080
        """;

    private static final CniNames CNIS =
        new CniNames(Map.of("calico", List.of("3.32.1", "3.31.7"), "cilium", List.of("1.20.0"), "flannel", List.of()));

    @TempDir
    private Path folder;

    private List<Mistake> mistakes(String step) throws IOException {
        Files.writeString(folder.resolve("cni.yaml"), "kind: Deployment\n");
        return new FeatureCheck(true, () -> CNIS).whole(Files.writeString(folder.resolve("checked.feature"), FEATURE.formatted(step)))
            .mistakes();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '~', textBlock = """
        enforcement pauses for 0 ms                                  ! a time of 0 ms is none; expected such as 5 ms
        DNS is away for 8760 h                                       ! 8760 h is too long; a scenario takes an hour at most
        the link of "shop/apy" is down for 1 s                       ! there is no pod "shop/apy"; did you mean "shop/api"? There are: shop/api, shop/web
        the link of every pod is down for 1 s                        ! name one pod, as in "shop/web"
        the link of "shop/api" loses 0 % of its packets for 1 s      ! a link loses from 1 to 99 % of its packets; where it loses all of them, say that it is down
        the link of "shop/api" loses 100 % of its packets for 1 s    ! a link loses from 1 to 99 % of its packets; where it loses all of them, say that it is down
        node "node-9" is cut off for 1 s                             ! there is no node "node-9"; did you mean "node-1"? There are: node-1, node-2
        the CNI agent on node "node1" restarts                       ! there is no node "node1"; did you mean "node-1"? There are: node-1, node-2
        policy "deny" of "shop" comes and goes for 1 s               ! there is no policy "shop/deny"; there are: none, and it is none of deny-all, deny-all-ingress and deny-all-egress
        policy "deny-all" of "shop" is deleted and recreated after 1 s ! there is no policy "shop/deny-all"; there are: none
        namespace "default" is deleted and recreated after 1 s       ! namespace "default" has no pod
        a random half of namespace "shopp" is locked down for 1 s    ! there is no namespace "shopp"; did you mean "shop"? There are: default, kube-node-lease, kube-public, kube-system, shop
        pods of "shop" churn at 0 a minute for 1 s                   ! from 1 to 6000 pods a minute come and go
        "shop/web" gives its address to "shop/api" for 1 s           ! no pod "shop/api" waits to be started; declare it with `starts` `later`, or stop it first
        pods of "shop" churn at 100000 a minute for 1 s              ! from 1 to 6000 pods a minute come and go
        node "node-9" reboots                                        ! there is no node "node-9"; did you mean "node-1"? There are: node-1, node-2
        "shop/web" is relabelled "app=web" for 1 s                   ! shop/web has these labels already, so nothing would happen
        namespace "shop" is relabelled "" for 1 s                    ! namespace shop has these labels already, so nothing would happen
        the CNI is changed to the manifests of "cni.yaml" for 1 s    ! "cni.yaml" holds no DaemonSet, which is how a network plugin runs on every node
        the CNI is changed to "calico" for 1 s                       ! "calico" names no version of a CNI; expected CNI@VERSION, such as calico@3.32.1
        the CNI is changed to "cnis/calico.yaml" for 1 s             ! "cnis/calico.yaml" names no version of a CNI; expected CNI@VERSION, such as calico@3.32.1; of a file: the CNI is changed to the manifests of "cnis/calico.yaml"
        the CNI is changed to "calico@" for 1 s                      ! "calico@" names no version of a CNI; expected CNI@VERSION, such as calico@3.32.1
        the CNI is changed to "calico@newest" for 1 s                ! "calico@newest" names no version of a CNI; expected CNI@VERSION, such as calico@3.32.1
        the CNI is changed to "calcio@3.31.0" for 1 s                ! there is no CNI "calcio"; did you mean "calico"? There are: calico, cilium
        the CNI is changed to "calico@3.30.0" for 1 s                ! there is no version "3.30.0" of calico; there are: 3.32.1, 3.31.7
        the CNI is changed to "flannel@0.26.0" for 1 s               ! flannel has no versions to choose by @; those that have: calico, cilium
        "shop/web" is relabelled "app" for 1 s                       ! "app" is not a label; expected key=value, several separated by commas
        """)
    void is_told_before_anything_starts(String step, String problem) throws IOException {
        assertThat(mistakes(step)).singleElement().satisfies(m -> {
            assertThat(m.line()).isEqualTo(10);
            assertThat(m.problem()).isEqualTo(problem);
        });
    }

    /// Where nobody has the catalogue at hand, the form alone is looked at.
    @Test
    void is_none_of_a_cni_where_no_names_are_known() throws IOException {
        var feature =
            Files.writeString(folder.resolve("checked.feature"), FEATURE.formatted("the CNI is changed to \"weave@2.8.1\" for 1 s"));
        assertThat(new FeatureCheck(true).whole(feature).mistakes()).isEmpty();
    }

    @Test
    void points_at_the_version_that_is_not_there() throws IOException {
        assertThat(mistakes("the CNI is changed to \"calico@3.30.0\" for 1 s")).singleElement()
            .satisfies(m -> assertThat(m.column()).isEqualTo("            When the CNI is changed to \"calico@".length() - 8 + 1));
    }

    @Test
    void is_told_row_by_row_with_the_nearest_words() throws IOException {
        var table = """
            these happen at once
                  | enforcement pauzes for 1 s                  |
                  | node "node-7" is cut off for 10 ms          |
                  | "shop/web" can reach "shop/api" on TCP/8080 |
                  | DNS is away for 10 ms                       |""";
        assertThat(mistakes(table)).extracting(Mistake::line).containsExactly(11, 12, 13);
        assertThat(mistakes(table)).extracting(m -> m.problem().lines().findFirst().orElseThrow()).containsExactly(
            "\"enforcement pauzes for 1 s\" is no disruption; did you mean: enforcement pauses for 200 ms",
            "there is no node \"node-7\"; did you mean \"node-1\"? There are: node-1, node-2",
            "\"\"shop/web\" can reach \"shop/api\" on TCP/8080\" is no disruption; did you mean: \"shop/web\" is relabelled \"app=other\" for 200 ms");
    }

    @Test
    void is_told_row_by_row_of_changes_made_at_once() throws IOException {
        var table = """
            these changes are made at once
                  | "shop" denies all ingress                   |
                  | "shop" denies all ingress                   |
                  | "shop/wob" restarts                         |
                  | this policy is applied to "shop"            |
                  | DNS is away for 10 ms                       |""";
        assertThat(mistakes(table)).extracting(Mistake::line).containsExactly(12, 13, 14, 15);
        assertThat(mistakes(table)).extracting(m -> m.problem().lines().findFirst().orElseThrow()).containsExactly(
            "NetworkPolicy shop/deny-all-ingress is changed by a row above; at once it can be changed by one",
            "there is no pod \"shop/wob\"; did you mean \"shop/web\"? There are: shop/api, shop/web",
            "\"this policy is applied to \"shop\"\" is no change; did you mean: \"fixtures/policies/default-deny-all.yaml\" is applied to \"shop\"",
            "\"DNS is away for 10 ms\" is no change; did you mean: \"fixtures/policies/default-deny-all.yaml\" is applied to \"shop\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '~', textBlock = """
        namespace "shop" is deleted and recreated after 1 s ! "shop/web" is relabelled "app=x" for 1 s            ! namespace shop is gone, and at once shop/web is relabelled app=x: both are of the same objects; they can happen in turn
        policy "deny-all" of "shop" comes and goes for 1 s  ! policy "deny-all" of "shop" comes and goes for 2 s  ! policy shop/deny-all comes and goes twice at once; they can happen in turn
        every namespace is locked down for 1 s              ! namespace "shop" is locked down for 1 s             ! namespace shop is locked down twice at once; they can happen in turn
        "shop/web" is deleted and recreated after 1 s       ! "shop/web" is relabelled "app=x" for 1 s            ! shop/web is gone, and at once shop/web is relabelled app=x: both are of the same objects; they can happen in turn
        """)
    void is_told_of_two_that_strike_the_same_at_once_and_of_none_in_turn(String first, String second, String problem) throws IOException {
        var table = "these happen %s\n      | " + first + " |\n      | DNS is away for 1 s |\n      | " + second + " |";
        assertThat(mistakes(table.formatted("at once"))).singleElement().extracting(Mistake::problem).isEqualTo(problem);
        assertThat(mistakes(table.formatted("in turn"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
        these happen in turn, 0 times      ! from 1 to 10000 times can be had
        these happen in turn, 10001 times  ! from 1 to 10000 times can be had
        these happen at random for 2 h     ! 2 h is too long; a scenario takes an hour at most
        """)
    void is_told_of_a_schedule_that_never_or_hardly_ends(String step, String problem) throws IOException {
        assertThat(mistakes(step + "\n      | DNS is away for 1 ms |")).singleElement().extracting(Mistake::problem).isEqualTo(problem);
    }
}
