package dev.lockdown.cluster.k3s;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A Docker that does what it is told, until the step at which it is told to fail.
final class FakeEngine implements Engine {
    final List<String> asked = new ArrayList<>();
    final List<ContainerPlan> started = new ArrayList<>();
    final Map<String, String> ended = new LinkedHashMap<>();
    final Set<String> images = new TreeSet<>();
    private final Map<String, RuntimeException> failures = new TreeMap<>();
    private final Map<String, Runnable> actions = new TreeMap<>();
    private final Map<String, List<String>> logs = new TreeMap<>();
    /// Containers by their ids, each with whether it runs.
    final Map<String, Boolean> there = new TreeMap<>();
    /// Whether what is there has other settings, so that a new one starts beside it.
    boolean renewed;
    String kubeconfig = "kubeconfig";
    Host host = new Host("Docker 26.1.5", "localhost", "amd64", 2, false);

    /// @param step as it is in [#asked]
    FakeEngine failing(String step, String message) {
        failures.put(step, new EngineException(message, null));
        return this;
    }

    FakeEngine doing(String step, Runnable action) {
        actions.put(step, action);
        return this;
    }

    FakeEngine saying(String container, String... lines) {
        logs.put(container, List.of(lines));
        return this;
    }

    boolean isEmpty() { return asked.getLast().equals("close"); }

    @Override
    public Host host() {
        step("host");
        return host;
    }

    @Override
    public boolean has(String image) {
        step("has");
        return images.contains(image);
    }

    @Override
    public void load(Path archive) {
        step("load");
    }

    @Override
    public void pull(String image, Consumer<String> progress) {
        step("pull");
        progress.accept("Downloading");
    }

    @Override
    public void network(String name, boolean ipv6, Map<String, String> labels) {
        step("network");
    }

    @Override
    public Map<String, Boolean> containers(String network) {
        step("containers");
        return Map.copyOf(there);
    }

    @Override
    public void remove(Collection<String> ids) {
        ids.stream().sorted().forEach(id -> step("remove " + id));
        there.keySet().removeAll(ids);
    }

    /// Of one that is there under its own name and runs, or a new one.
    @Override
    public String id(String container) {
        return there.containsKey(container) && !renewed ? container : "new " + container;
    }

    @Override
    public @Nullable String start(ContainerPlan plan, String network, Duration deadline, Consumer<String> said) {
        lastLines(plan.name()).forEach(said);
        step("start " + plan.name());
        started.add(plan);
        return plan.role() == ContainerPlan.Role.SERVER ? kubeconfig : null;
    }

    @Override
    public void restart(String container) {
        step("restart " + container);
    }

    @Override
    public Map<String, String> ended() {
        if (failures.containsKey("ended")) throw failures.get("ended");
        return ended;
    }

    @Override
    public List<String> lastLines(String container) {
        return logs.getOrDefault(container, List.of());
    }

    @Override
    public void close() {
        asked.add("close");
    }

    private void step(String name) {
        asked.add(name);
        var action = actions.get(name);
        if (action != null) action.run();
        var failure = failures.get(name);
        if (failure != null) throw failure;
    }
}
