package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.k3s.Cni.Artifact;
import dev.lockdown.cluster.k3s.Cni.Installation;
import dev.lockdown.cluster.k3s.CopiedFile.Content;
import dev.lockdown.manifest.yaml.ManifestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Holds what we hand to the containers against what k3s promises ([Contract]): its image cannot run wherever these tests do.
@DisplayName("A container of k3s")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class K3sContractTest {
    private static final Contract K3S = Contract.read();
    /// Where a kubelet is told about cgroup v1 as well.
    private static final Host HOST = new Host("Docker 20.10", "192.0.2.7", "amd64", 1, false);
    private static final Pattern FLAG = Pattern.compile("--(?<name>[a-z0-9-]+)(=(?<value>.*))?");

    private final List<K3sDefinition> definitions = new ArrayList<>();

    @TempDir
    private Path folder;

    /// Every CNI that there is, with one family and with two, on the newest k3s and on an old one.
    @BeforeAll
    void defineThemAll(@TempDir Path shared) throws IOException {
        var charts = Files.createDirectory(shared.resolve("charts"));
        for (var name : List.of("My_CNI.v3.yaml", "my-cni.crds.yaml", "ccm.yaml", "coredns.yml"))
            Files.writeString(charts.resolve(name), "a: b\n");
        var images = Files.createDirectory(shared.resolve("images"));
        Archives.docker(images.resolve("node.tar"), "quay.io/calico/node:v3.32.1");
        var registries = Files.writeString(shared.resolve("registries.yaml"), "mirrors: {}\n");
        for (var cni : Requests.CNIS.names().versions().keySet()) {
            for (var version : List.of("1.36.1", "1.32.9")) {
                for (boolean dual : List.of(false, true)) {
                    var asked = Requests.plain().nodes(3).version(version).charts(charts).images(images).registries(registries);
                    var request = (dual ? asked.dualStack() : asked).of(unchecked(Requests.CNIS.choose(cni, null, dual)));
                    var artifacts = new Artifacts(null, null, _ -> "a: b\n".getBytes(StandardCharsets.UTF_8), _ -> {});
                    definitions.add(K3sDefinition.of(request, HOST, NodeFiles.gather(request, artifacts, ImageFolder.read(images))));
                }
            }
        }
        assertThat(definitions).hasSizeGreaterThanOrEqualTo(20);
    }

    /// Its manifest is its project's; what counts here is where it goes.
    private static Cni unchecked(Cni cni) {
        var installation = switch (cni.installation()) {
            case Installation.Manifest(var artifact, _) -> new Installation.Manifest(new Artifact(artifact.address(), null), List.of());
            case Installation.Chart(var name, var namespace, var artifact, var values) ->
                new Installation.Chart(name, namespace, new Artifact(artifact.address(), null), values);
            case Installation.BuiltIn same -> same;
            case Installation.Brought same -> same;
        };
        return new Cni(cni.name(), cni.about(), cni.version(), cni.arguments(), installation, cni.images(), cni.mounts(), cni.ready());
    }

    private Stream<ContainerPlan> servers() {
        return definitions.stream().map(K3sDefinition::server);
    }

    private Stream<ContainerPlan> agents() {
        return definitions.stream().flatMap(d -> d.agents().stream());
    }

    private Stream<ContainerPlan> all() {
        return Stream.concat(servers(), agents());
    }

    private Stream<CopiedFile> files() {
        return all().flatMap(c -> c.files().stream());
    }

    private static Stream<String> arguments(ContainerPlan plan) {
        var script = plan.entrypoint().stream().flatMap(String::lines).flatMap(l -> Stream.of(l.split("\\s+"))).filter(w -> w.matches(
            "--node-ip=.*"));
        return Stream.concat(plan.command().stream().skip(1), script);
    }

    @Test
    void has_facts_that_say_where_they_were_read() {
        assertThat(K3S.facts().values()).hasSizeGreaterThan(20).allSatisfy(fact -> {
            assertThat(fact.fact()).isNotBlank();
            assertThat(fact.holds()).matches(".*(v1\\.[0-9]+|[0-9]+\\.[0-9]+).*");
            assertThat(fact.read()).matches("(?s).*\\w+/\\w+.*");
            assertThat(fact.values()).isNotEmpty();
        });
    }

    @Test
    void is_told_what_its_role_knows() {
        assertThat(servers()).allSatisfy(c -> assertThat(c.command()).startsWith("server"));
        assertThat(agents()).allSatisfy(c -> assertThat(c.command()).startsWith("agent"));
        assertThat(servers().flatMap(K3sContractTest::arguments)).allSatisfy(a -> known(a,
            concat(K3S.of("server-flags"), K3S.of("agent-flags")), K3S.of("server-switches")));
        assertThat(agents().flatMap(K3sContractTest::arguments)).allSatisfy(a -> known(a, K3S.of("agent-flags"), List.of()));
        assertThat(all().flatMap(K3sContractTest::arguments)).anyMatch(a -> a.startsWith("--kubelet-arg=")).anyMatch(a -> a.startsWith(
            "--node-ip=")).contains("--flannel-ipv6-masq", "--disable-network-policy");
    }

    private static void known(String argument, List<String> valued, List<String> switches) {
        var flag = FLAG.matcher(argument);
        assertThat(flag.matches()).as(argument).isTrue();
        assertThat(flag.group("value") == null ? switches : valued).as(argument).contains(flag.group("name"));
    }

    private static List<String> concat(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    @Test
    void joins_by_variables_and_only_an_agent_joins() {
        assertThat(all()).allSatisfy(c -> assertThat(K3S.of("environment")).containsAll(c.environment().keySet()));
        assertThat(servers()).allSatisfy(c -> assertThat(c.environment()).containsOnlyKeys("K3S_TOKEN"));
        assertThat(agents()).allSatisfy(c -> assertThat(c.environment()).containsKey("K3S_TOKEN").hasEntrySatisfying("K3S_URL",
            url -> assertThat(url).isEqualTo("https://node-1:" + K3S.one("api-port"))));
    }

    @Test
    void disables_components_that_there_are_and_not_its_dns() {
        assertThat(servers().flatMap(c -> values(c, "disable"))).isNotEmpty().allSatisfy(item -> assertThat(K3S.of("disable-items"))
            .contains(item)).doesNotContain("coredns");
    }

    private static Stream<String> values(ContainerPlan plan, String flag) {
        return arguments(plan).filter(a -> a.startsWith("--" + flag + "=")).flatMap(a -> Stream.of(a.substring(flag.length() + 3).split(
            ",")));
    }

    @Test
    void has_a_backend_of_flannel_that_there_is() {
        assertThat(servers().flatMap(c -> values(c, "flannel-backend"))).isNotEmpty().allSatisfy(b -> assertThat(K3S.of("flannel-backends"))
            .contains(b));
    }

    /// A CNI that is not flannel has a policy controller of its own, or two would write rules.
    @Test
    void leaves_policies_to_the_cni_that_replaces_flannel() {
        assertThat(servers().filter(c -> c.command().contains("--flannel-backend=none"))).isNotEmpty().allSatisfy(c -> assertThat(c
            .command()).contains("--disable-network-policy"));
    }

    @Test
    void has_the_same_families_everywhere_with_two() {
        assertThat(servers().filter(c -> arguments(c).anyMatch(a -> a.startsWith("--node-ip=")))).hasSize(definitions.size() / 2)
            .allSatisfy(c -> {
                assertThat(values(c, "cluster-cidr")).hasSize(2).satisfiesExactly(a -> assertThat(a).contains("."), a -> assertThat(a)
                    .contains(":"));
                assertThat(values(c, "service-cidr")).hasSize(2).satisfiesExactly(a -> narrower(a, K3S.of("two-families").getFirst()),
                    a -> narrower(a, K3S.of("two-families").getLast()));
            });
        assertThat(agents().filter(c -> arguments(c).anyMatch(a -> a.startsWith("--node-ip=")))).hasSize(definitions.size());
    }

    private static void narrower(String cidr, String widest) {
        assertThat(Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1))).as(cidr).isGreaterThanOrEqualTo(Integer.parseInt(widest));
    }

    @Test
    void tells_no_kubelet_a_flag_that_it_does_not_know() {
        var first = Integer.parseInt(K3S.one("kubelet-cgroup-v1"));
        for (int minor = 20; minor < first; minor++)
            assertThat(Requests.VERSIONS.choose("1.%s.1".formatted(minor)).minds(1)).as("1.%s", minor).isFalse();
        assertThat(Requests.VERSIONS.choose("1.36.1").minds(1)).isTrue();
    }

    /// Whichever network it has: K3sContainer's own line is flannel's.
    @Test
    void is_up_by_a_line_that_it_says_with_any_network() {
        assertThat(servers()).allSatisfy(c -> {
            assertThat(isReady(c, K3S.of("ready-line").getFirst())).isTrue();
            assertThat(K3S.of("not-ready-lines")).noneMatch(line -> isReady(c, line));
        });
        assertThat(servers().filter(c -> !c.command().contains("--flannel-backend=none"))).isNotEmpty().allSatisfy(
            c -> assertThat(K3S.of("ready-line")).allMatch(line -> isReady(c, line)));
        assertThat(agents()).allSatisfy(c -> assertThat(c.ready()).isNull());
    }

    /// As Testcontainers matches: the whole of what came at once, over the ends of lines.
    private static boolean isReady(ContainerPlan plan, String line) {
        @Nullable String ready = plan.ready();
        return ready != null && Pattern.compile(ready, Pattern.DOTALL).matcher(line + "\n").matches();
    }

    @Test
    void leaves_the_kubeconfig_and_the_configuration_where_they_are() {
        assertThat(all()).allSatisfy(c -> {
            assertThat(arguments(c)).noneMatch(a -> a.startsWith("--write-kubeconfig") || a.startsWith("--config") || a.startsWith(
                "--data-dir"));
            assertThat(c.environment().keySet()).noneMatch(v -> v.contains("KUBECONFIG") || v.contains("CONFIG_FILE"));
        });
        assertThat(files()).extracting(CopiedFile::target).noneMatch(t -> K3S.of("kubeconfig").contains(t) || K3S.of("configuration")
            .stream().anyMatch(t::startsWith));
    }

    @Test
    void gets_files_where_it_looks_for_them_and_where_they_outlive_a_restart() {
        assertThat(all()).allSatisfy(c -> assertThat(c.files()).extracting(CopiedFile::target).contains(K3S.one("registries"), K3S.one(
            "images") + "node.tar"));
        assertThat(servers().filter(c -> c.command().contains("--flannel-backend=none"))).isNotEmpty().allSatisfy(
            c -> assertThat(c.files()).extracting(CopiedFile::target).anyMatch(t -> t.startsWith(K3S.one("manifests"))));
        assertThat(agents().flatMap(c -> c.files().stream())).extracting(CopiedFile::target).noneMatch(t -> t.startsWith(K3S.one(
            "manifests")));
        assertThat(files()).extracting(CopiedFile::target).filteredOn(t -> !t.startsWith("/etc/")).allMatch(t -> K3S.of("volumes").stream()
            .anyMatch(v -> t.startsWith(v + "/")));
    }

    @Test
    void gets_manifests_that_become_objects_of_different_names() {
        assertThat(servers()).allSatisfy(c -> {
            var names = new HashSet<String>();
            assertThat(manifests(c)).allSatisfy(file -> {
                assertThat(K3S.of("manifest-endings")).anyMatch(file::endsWith);
                var name = file.substring(0, file.indexOf('.'));
                assertThat(name).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?").isNotIn(K3S.of("addon-name"));
                assertThat(name).isNotIn(K3S.of("disable-items"));
                assertThat(names.add(name)).as(file).isTrue();
            });
        });
        assertThat(servers().filter(c -> manifests(c).size() == 4)).as("those that were brought").isNotEmpty().allSatisfy(
            c -> assertThat(manifests(c)).isSorted().satisfiesExactly(f -> assertThat(f).contains("my-cni-v3"),
                f -> assertThat(f).contains("ccm"), f -> assertThat(f).contains("coredns"), f -> assertThat(f).contains("my-cni-crds")));
    }

    private static List<String> manifests(ContainerPlan plan) {
        return plan.files().stream().map(CopiedFile::target).filter(t -> t.startsWith(K3S.one("manifests"))).map(t -> t.substring(K3S.one(
            "manifests").length())).toList();
    }

    @Test
    void gets_a_chart_where_its_own_api_serves_it() {
        var folderAndAddress = K3S.of("static");
        var charts = servers().filter(c -> c.files().stream().anyMatch(f -> f.target().startsWith(folderAndAddress.getFirst()))).toList();
        assertThat(charts).isNotEmpty().allSatisfy(c -> {
            var chart = c.files().stream().map(CopiedFile::target).filter(t -> t.startsWith(folderAndAddress.getFirst())).findFirst()
                .orElseThrow();
            var text =
                c.files().stream().map(CopiedFile::content).filter(Content.Text.class::isInstance).map(t -> ((Content.Text) t).text())
                    .findFirst().orElseThrow();
            assertThat(text).contains("  chart: " + chart.replace(folderAndAddress.getFirst(), folderAndAddress.getLast()) + "\n");
            assertThat(text).contains("  bootstrap: true\n");
            var spec =
                text.substring(text.indexOf("spec:\n") + 6).lines().filter(l -> l.matches("  [a-zA-Z]+:.*")).map(l -> l.strip().split(
                    ":", -1)[0]).toList();
            assertThat(K3S.of("helm-chart")).containsAll(spec);
        });
    }

    @Test
    void becomes_the_images_own_program_after_what_is_done_before() {
        var own = K3S.of("entrypoint").getFirst();
        assertThat(all().filter(c -> !c.entrypoint().isEmpty())).isNotEmpty().allSatisfy(c -> assertThat(c.entrypoint().get(2).lines()
            .toList().getLast()).isEqualTo("exec %s \"$@\"".formatted(own)));
    }

    @Test
    void is_of_an_image_with_a_tag_as_releases_have_them() {
        assertThat(Requests.VERSIONS.choose("v1.36.1+k3s1").tag()).isEqualTo(K3S.one("image-tag"));
        assertThat(Requests.VERSIONS.known()).allMatch(t -> t.matches("v1\\.[0-9]+\\.[0-9]+-k3s[0-9]+"));
    }

    @Test
    void gets_archives_of_every_ending_that_is_imported_and_of_no_other() throws IOException {
        var images = Files.createDirectory(folder.resolve("endings"));
        for (var ending : K3S.of("image-endings")) {
            archive(images.resolve("lower" + ending), ending);
            archive(images.resolve("UPPER" + ending.toUpperCase(Locale.ROOT)), ending);
        }
        for (var other : List.of("list.txt", "notes.md", "layer.zip", "x.zst")) Files.writeString(images.resolve(other), "x");
        assertThat(ImageFolder.read(images).forNodes("rancher/k3s:x")).hasSize(2 * K3S.of("image-endings").size()).allMatch(f -> f
            .getFileName().toString().matches("lower.*|UPPER.*"));
    }

    private static void archive(Path file, String ending) throws IOException {
        switch (ending) {
            case ".tar" -> Archives.docker(file, "example/x:1");
            case ".tar.gz", ".tgz" -> Archives.oci(file, "example/x:1");
            default -> Files.writeString(file, "compressed in a way that is not looked into");
        }
    }

    @Test
    void gets_registries_in_its_own_form_alone() throws IOException {
        var good = Files.writeString(folder.resolve("good.yaml"), String.join("\n", K3S.of("registries-keys").stream().map(k -> k
            + ": {\"*\": {}}").toList()));
        assertThat(Requests.plain().registries(good).of((String) null).registries()).isEqualTo(good);
        var bad = Files.writeString(folder.resolve("bad.yaml"), "mirrors: {}\nconfig: {}\n");
        assertThatThrownBy(() -> Requests.plain().registries(bad).of((String) null)).isInstanceOf(ManifestException.class)
            .hasMessageContaining("bad.yaml:2:1: unknown field \"config\"");
    }
}
