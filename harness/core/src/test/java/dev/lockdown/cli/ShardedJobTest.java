package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The manifests of a run in parts")
class ShardedJobTest {
    private static final Path FIXTURES = Path.of("../../fixtures");

    @TempDir
    private Path folder;

    private List<HasMetadata> objects;
    private Job parts;
    private Job merged;

    @BeforeEach
    void read() throws IOException {
        objects = StrictManifests.objects(FIXTURES.resolve("ci/kubernetes/sharded.yaml"));
        var jobs = objects.stream().filter(Job.class::isInstance).map(Job.class::cast).toList();
        assertThat(jobs).hasSize(2);
        parts = jobs.get(0);
        merged = jobs.get(1);
    }

    @Test
    void give_the_parts_the_role_that_is_shipped_and_the_merge_none() throws IOException {
        var role = StrictManifests.only(StrictManifests.objects(FIXTURES.resolve("rbac/lockdown-role.yaml")), ClusterRole.class);
        var binding = StrictManifests.only(objects, ClusterRoleBinding.class);
        assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
        assertThat(binding.getSubjects()).singleElement()
            .satisfies(s -> assertThat(s.getName()).isEqualTo(parts.getSpec().getTemplate().getSpec().getServiceAccountName()));
        assertThat(merged.getSpec().getTemplate().getSpec().getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void keep_what_the_parts_leave_where_the_merge_reads_it() {
        var claim = StrictManifests.only(objects, PersistentVolumeClaim.class).getMetadata().getName();
        for (var job : List.of(parts, merged)) {
            var pod = job.getSpec().getTemplate().getSpec();
            assertThat(pod.getVolumes()).singleElement()
                .satisfies(v -> assertThat(v.getPersistentVolumeClaim().getClaimName()).isEqualTo(claim));
            assertThat(pod.getContainers().getFirst().getVolumeMounts()).singleElement()
                .satisfies(m -> assertThat(m.getMountPath()).isEqualTo("/reports"));
        }
        assertThat(merged.getSpec().getSuspend()).isTrue();
    }

    /// What the container's shell runs, by a Lockdown that only says how it was called.
    private List<String> called(Job job, int index) throws IOException, InterruptedException {
        var fake = Files.writeString(folder.resolve("lockdown"), "#!/bin/sh\nprintf '%s\\n' \"$@\" >" + folder + "/called\n");
        Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
        var container = job.getSpec().getTemplate().getSpec().getContainers().getFirst();
        var words = new ArrayList<>(container.getCommand());
        words.addAll(container.getArgs());
        words.replaceAll(w -> w.replace("/reports", folder.toString()));
        var process = new ProcessBuilder(words);
        process.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        process.environment().put("JOB_COMPLETION_INDEX", Integer.toString(index));
        assertThat(process.inheritIO().start().waitFor()).isZero();
        return Files.readAllLines(folder.resolve("called"));
    }

    @Test
    void run_each_part_once() throws IOException, InterruptedException {
        int of = parts.getSpec().getCompletions();
        assertThat(parts.getSpec().getCompletionMode()).isEqualTo("Indexed");
        for (int index = 0; index < of; index++)
            assertThat(called(parts, index)).contains("run", "--cluster=kubeconfig", "--shard=%s/%s".formatted(index + 1, of),
                "not @generated");
        assertThat(parts.getSpec().getBackoffLimitPerIndex()).as("the others go on where one fails").isZero();
        assertThat(parts.getSpec().getMaxFailedIndexes()).isEqualTo(of);
        assertThat(parts.getSpec().getParallelism()).as("one run at a time changes a cluster").isEqualTo(1);
    }

    @Test
    void merge_every_part_that_is_there() throws IOException, InterruptedException {
        for (var part : List.of("one", "two")) Files.createDirectories(folder.resolve("parts").resolve(part));
        assertThat(called(merged, 0)).containsSubsequence("report", "--into", folder + "/merged", "--history", folder + "/history")
            .contains(folder + "/parts/one", folder + "/parts/two");
    }
}
