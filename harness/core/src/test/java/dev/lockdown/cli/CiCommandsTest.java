package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockdown.nightly.Matrix;
import dev.lockdown.nightly.MatrixCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands in these files are typed as they stand there, by their own shell, to a Lockdown that only says how it was called; what it was
/// called with is then read by the command line itself.
@DisplayName("The commands in the files for CI systems")
class CiCommandsTest {
    private static final Pattern SAID = Pattern.compile("\\./lockdown ([a-z][^)\\n#]*)");
    private static final Pattern COMMAND = Pattern.compile("(^|[ /])lockdown [a-z]", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        program("lockdown", "printf '%s\\n' \"$@\" >\"" + folder + "/called\"");
        program("lockdown-1/lockdown", "exec \"" + folder + "/lockdown\" \"$@\"");
        Files.createDirectories(folder.resolve("lockdown-1/features"));
        program("sudo", "exec \"$@\"");
        for (var left : List.of("nights/night-a/20261122-140311", "nights/night-b/20261122-140312", "parts/1/20261122-140311",
            "parts/2/20261122-140311"))
            Files.createDirectories(folder.resolve(left));
    }

    private void program(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.setPosixFilePermissions(Files.writeString(file, "#!/bin/sh\n" + text + "\n"), PosixFilePermissions.fromString("rwx------"));
    }

    /// What Lockdown is called with.
    private List<String> called(List<String> words, Map<String, String> environment) throws IOException, InterruptedException {
        Files.deleteIfExists(folder.resolve("called"));
        var process = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        process.environment().putAll(environment);
        process.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        var running = process.start();
        var said = new String(running.getInputStream().readAllBytes());
        assertThat(running.waitFor()).as(said).isZero();
        var called = Files.readAllLines(folder.resolve("called"));
        parse(called);
        return called;
    }

    private List<String> called(String shell, Map<String, String> environment) throws IOException, InterruptedException {
        return called(List.of("sh", "-ec", shell), environment);
    }

    private void parse(List<String> words) {
        new CommandTree(new Typist(folder).context(), Map.of()).whole().parseArgs(words.toArray(String[]::new));
    }

    private static String command(List<String> all, String name) {
        var found = all.stream().filter(t -> t.contains("lockdown " + name + " ")).toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    /// Every text of a file that has a command of Lockdown's in it, and is run by a shell.
    private static List<String> scripts(JsonNode document, String... fields) {
        return CiFiles.objects(document).flatMap(o -> Stream.of(fields).map(o::path)).filter(f -> !f.isMissingNode())
            .flatMap(f -> f.isArray() ? CiFiles.texts(f).stream() : Stream.of(f.asText())).filter(t -> COMMAND.matcher(t).find()).toList();
    }

    private static List<String> cells(Path file, String matrix) {
        return Matrix.read(file, matrix, "features").cells().stream().map(MatrixCell::name).toList();
    }

    @Test
    void of_github_run_every_cell_of_the_matrix_in_a_job_and_merge_them() throws Exception {
        var workflow = CiFiles.documents(CiFiles.NIGHTLY).getFirst();
        var scripts = scripts(workflow, "run");
        assertThat(scripts).hasSize(2);
        var matrix = CiFiles.CI.resolve("github/matrix.yaml");
        var jobs = CiFiles.texts(workflow.at("/jobs/cell/strategy/matrix/cell"));
        assertThat(jobs).isEqualTo(cells(matrix, Files.readString(matrix)));
        for (var cell : jobs)
            assertThat(called(scripts.getFirst(), Map.of("CELL", cell, "JAVA_HOME", "/x"))).containsExactly("nightly", "matrix.yaml",
                "--cell", cell, "--report", "nights");
        assertThat(called(scripts.getLast(), Map.of())).containsExactly("nightly", "matrix.yaml", "--history", "history", "--report",
            "merged", "--merge", "nights/night-a/20261122-140311", "nights/night-b/20261122-140312");
    }

    @Test
    void of_github_may_write_no_more_than_they_must() throws IOException {
        var workflow = CiFiles.documents(CiFiles.NIGHTLY).getFirst();
        assertThat(workflow.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(workflow.at("/jobs/cell").has("permissions")).isFalse();
        assertThat(workflow.at("/jobs/night/permissions").toString()).isEqualTo("{\"contents\":\"write\"}");
        assertThat(workflow.at("/jobs/page/permissions").toString()).isEqualTo("{\"pages\":\"write\",\"id-token\":\"write\"}");
        assertThat(workflow.at("/concurrency/cancel-in-progress").asBoolean(true)).isFalse();
    }

    /// Also where a cell has failed: then it is wanted most.
    @Test
    void of_github_keep_what_was_left_whatever_came_of_it() throws IOException {
        var jobs = CiFiles.documents(CiFiles.NIGHTLY).getFirst().path("jobs");
        assertThat(jobs.at("/cell/strategy/fail-fast").asBoolean(true)).isFalse();
        assertThat(List.of("night", "page")).allMatch(j -> jobs.path(j).path("if").asText().equals("always()"));
        var uploads = CiFiles.objects(jobs).filter(s -> s.path("uses").asText().matches(".*/upload-.*")).toList();
        assertThat(uploads).hasSize(3).allMatch(s -> s.path("if").asText().equals("always()"));
        assertThat(CiFiles.objects(jobs).filter(s -> s.path("run").asText().contains("$GITHUB_STEP_SUMMARY")))
            .singleElement().satisfies(s -> assertThat(s.path("if").asText()).isEqualTo("always()"));
    }

    @Test
    void of_github_run_every_part_once_and_merge_them() throws Exception {
        var jobs = CiFiles.documents(CiFiles.SHARDED).getFirst().path("jobs");
        var scripts = scripts(jobs, "run");
        var parts = CiFiles.texts(jobs.at("/part/strategy/matrix/part"));
        assertThat(parts).isEqualTo(IntStream.rangeClosed(1, parts.size()).mapToObj(Integer::toString).toList());
        for (var part : parts)
            assertThat(called(command(scripts, "run"), Map.of("PART", part, "JAVA_HOME", "/x"))).containsExactly("run", "--shard",
                part + "/" + parts.size(), "--report", "parts", "lockdown-1/features", "not @generated");
        assertThat(called(command(scripts, "report"), Map.of("GITHUB_STEP_SUMMARY", folder + "/summary"))).containsExactly("report",
            "--into",
            "merged", "parts/1/20261122-140311", "parts/2/20261122-140311");
        assertThat(CiFiles.objects(jobs).filter(s -> s.path("uses").asText().matches(".*/upload-.*"))).hasSize(2)
            .allMatch(s -> s.path("if").asText().equals("always()"));
    }

    @Test
    void of_gitlab_run_every_part_once_and_merge_them() throws Exception {
        var jobs = CiFiles.documents(CiFiles.GITLAB).getFirst();
        var scripts = scripts(jobs, "script");
        int parts = jobs.at("/lockdown/parallel").asInt();
        runEveryPart(parts, command(scripts, "run"), part -> Map.of("CI_NODE_INDEX", part, "CI_NODE_TOTAL", Integer.toString(parts)));
        assertThat(called(command(scripts, "report"), Map.of())).containsExactly("report", "--into", "merged", "--history", "history",
            "parts/1/20261122-140311", "parts/2/20261122-140311");
        assertThat(jobs.at("/lockdown-merged/artifacts/reports/junit").asText()).isEqualTo("merged/junit.xml");
        assertThat(Stream.of("lockdown", "lockdown-merged").map(j -> jobs.path(j).at("/artifacts/when").asText())).containsOnly("always");
        assertThat(Stream.of("lockdown-merged", "pages").map(j -> jobs.path(j).at("/rules/0/when").asText())).containsOnly("always");
    }

    @Test
    void of_jenkins_run_every_part_once_and_merge_them() throws Exception {
        var pipeline = CiFiles.documents(CiFiles.JENKINSFILE).getFirst().path("pipeline");
        var scripts = scripts(pipeline, "value");
        var parts = pipeline.at("/stages/0/matrix/axes/0/values").findValuesAsText("value");
        assertThat(parts).isEqualTo(IntStream.rangeClosed(1, parts.size()).mapToObj(Integer::toString).toList());
        runEveryPart(parts.size(), command(scripts, "run"), part -> Map.of("PART", part));
        assertThat(called(command(scripts, "report"), Map.of())).containsExactly("report", "--into", "merged", "parts/1/20261122-140311",
            "parts/2/20261122-140311");
        var unstashed = CiFiles.objects(pipeline).filter(s -> s.path("name").asText().equals("unstash"))
            .map(s -> s.at("/arguments/value").asText()).toList();
        assertThat(unstashed).isEqualTo(parts.stream().map(p -> "part-" + p).toList());
        for (var stage : List.of("/stages/0/matrix/stages/0", "/stages/1"))
            assertThat(pipeline.at(stage + "/post/conditions")).singleElement()
                .satisfies(c -> assertThat(c.path("condition").asText()).isEqualTo("always"));
    }

    private interface Environment {
        Map<String, String> of(String part);
    }

    private void runEveryPart(int parts, String command, Environment environment) throws Exception {
        assertThat(parts).isGreaterThan(1);
        for (int part = 1; part <= parts; part++)
            assertThat(called(command, environment.of(Integer.toString(part)))).containsExactly("run",
                "--shard=%s/%s".formatted(part, parts),
                "--report=parts/" + part, "/opt/lockdown/features", "not @generated");
    }

    /// The words of a container, with what the system puts in.
    private List<String> words(JsonNode container, Map<String, String> values) {
        // Looks for the program where the container would.
        var words = new ArrayList<>(List.of("env"));
        words.addAll(CiFiles.texts(container.path("command")));
        words.addAll(CiFiles.texts(container.path("args")));
        values.forEach(
            (name, value) -> words.replaceAll(w -> w.replace("{{%s}}".formatted(name), value).replace("$(%s)".formatted(name), value)));
        assertThat(words).noneMatch(w -> w.contains("{{") || w.contains("$("));
        return words;
    }

    private JsonNode template(JsonNode workflow, String name) {
        return CiFiles.objects(workflow.path("templates")).filter(t -> t.path("name").asText().equals(name) && t.has("container"))
            .findFirst()
            .orElseThrow().path("container");
    }

    @Test
    void of_argo_run_every_part_once_and_merge_them() throws Exception {
        var workflow = CiFiles.document(CiFiles.ARGO, "WorkflowTemplate", "lockdown").path("spec");
        var sequence = workflow.findValue("withSequence");
        assertThat(sequence.path("start").asInt()).isEqualTo(1);
        int parts = sequence.path("end").asInt();
        for (int part = 1; part <= parts; part++)
            assertThat(called(words(template(workflow, "part"),
                Map.of("workflow.name", "w", "inputs.parameters.index", Integer.toString(part))), Map.of())).containsExactly("run",
                    "--cluster=kubeconfig", "--report=/reports/w/parts", "--shard=%s/%s".formatted(part, parts), "/opt/lockdown/features",
                    "not @generated");
        assertThat(workflow.path("parallelism").asInt()).as("one run at a time changes a cluster").isEqualTo(1);
        var merge = words(template(workflow, "merged"), Map.of("workflow.name", "w"));
        merge.replaceAll(w -> w.replace("/reports/w", folder.toString()));
        assertThat(called(merge, Map.of())).containsExactly("report", "--into", folder + "/merged", "--history", "/reports/history",
            folder + "/parts/1", folder + "/parts/2");
    }

    @Test
    void of_tekton_run_every_cell_of_the_matrix_in_a_pod_and_merge_them() throws Exception {
        var pipeline = CiFiles.document(CiFiles.TEKTON, "Pipeline", "lockdown").path("spec");
        var matrix = CiFiles.document(CiFiles.TEKTON, "ConfigMap", "lockdown-matrix").at("/data/matrix.yaml").asText();
        var cells = CiFiles.texts(pipeline.at("/tasks/0/matrix/params/0/value"));
        assertThat(cells).isEqualTo(cells(CiFiles.TEKTON, matrix));
        var values = new HashMap<>(Map.of("workspaces.matrix.path", "/workspace/matrix", "workspaces.reports.path", folder.toString(),
            "params.night", "nights"));
        for (var cell : cells) {
            values.put("params.cell", cell);
            assertThat(called(words(CiFiles.document(CiFiles.TEKTON, "Task", "lockdown-cell").at("/spec/steps/0"), values), Map.of()))
                .containsExactly("nightly", "/workspace/matrix/matrix.yaml", "--cell=" + cell, "--report=" + folder + "/nights/cells");
        }
        Files.createDirectories(folder.resolve("nights/cells/20261122-140311"));
        assertThat(called(words(CiFiles.document(CiFiles.TEKTON, "Task", "lockdown-merged").at("/spec/steps/0"), values), Map.of()))
            .containsExactly("nightly", "/workspace/matrix/matrix.yaml", "--history", folder + "/history", "--report", folder + "/nights",
                "--merge", folder + "/nights/cells/20261122-140311");
    }

    @ParameterizedTest
    @ValueSource(strings = {"github/nightly.yml", "github/sharded.yml", "gitlab/lockdown.gitlab-ci.yml", "jenkins/Jenkinsfile",
        "kubernetes/argo.yaml",
        "kubernetes/tekton.yaml", "kubernetes/tekton-run.yaml", "kubernetes/sharded.yaml", "kubernetes/hourly.yaml"})
    void that_are_spoken_of_are_there(String file) throws IOException {
        var said = SAID.matcher(Files.readString(CiFiles.CI.resolve(file))).results().map(r -> List.of(r.group(1).strip().split(" ")))
            .toList();
        assertThat(said.isEmpty()).isEqualTo(file.startsWith("github") || file.endsWith("-run.yaml"));
        said.forEach(this::parse);
        var files = Pattern.compile("fixtures/[\\w./-]+").matcher(Files.readString(CiFiles.CI.resolve(file))).results()
            .map(r -> CiFiles.TOP.resolve(r.group())).toList();
        assertThat(files).allSatisfy(f -> assertThat(f).exists());
    }
}
