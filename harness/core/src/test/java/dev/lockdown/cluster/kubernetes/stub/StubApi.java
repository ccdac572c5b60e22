package dev.lockdown.cluster.kubernetes.stub;

import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.Underlay;
import dev.lockdown.cluster.kubernetes.stub.Api.Reply;
import dev.lockdown.cluster.kubernetes.stub.Store.Key;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.state.Change;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Namespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A Kubernetes API with nodes, DNS and enforcement behind it.
///
/// ```java
/// try (var stub = StubApi.start(folder, rights)) {
///     stub.faults().calls(c -> c.right().equals("create pods") ? new Fate.Refused(500, …) : new Fate.Answered());
///     KubernetesBackend.join(new Access.Text(stub.kubeconfig()), …);
/// }
/// ```
public final class StubApi implements AutoCloseable {
    private final Underlay network;
    private final Store store = new Store();
    private final FaultInjection faults = new FaultInjection();
    private final Kubelet kubelet;
    private final Api api;
    private final HttpListener door;
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger attachments = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);

    private StubApi(Path folder, Set<String> rights, Container.Kind kind, Underlay network) {
        this.network = network;
        new EmptyClusterObjects(store, network).create();
        kubelet = new Kubelet(store, network, faults, kind, new Volumes(folder, network.certificate()));
        api = new Api(store, new Controllers(store, network, kubelet, faults), rights, faults.withheld);
        door = new HttpListener(this::answer);
    }

    /// A cluster of two nodes whose agents run as threads of this process.
    ///
    /// @param rights of its user: `create pods`
    public static StubApi start(Path folder, Set<String> rights) {
        return new StubApi(folder, rights, Container.Kind.THREAD, Underlay.start(2, List.of(Family.IPV4), List.of()));
    }

    /// The same, whose enforcement treats in this way what stands when it is denied.
    public static StubApi treating(Path folder, Set<String> rights, Established established) {
        return new StubApi(folder, rights, Container.Kind.THREAD, Underlay.start(new Needs(2, List.of(Family.IPV4), established)));
    }

    /// The same, whose agents are processes.
    ///
    /// @param defects of the enforcement, see `./lockdown dev mutants`
    public static StubApi ofProcesses(Path folder, Set<String> rights, Collection<String> defects, Family... families) {
        return new StubApi(folder, rights, Container.Kind.PROCESS, Underlay.start(2, List.of(families), defects));
    }

    public static StubApi defective(Path folder, Set<String> rights, String... defects) {
        return new StubApi(folder, rights, Container.Kind.THREAD, Underlay.start(2, List.of(Family.IPV4), List.of(defects)));
    }

    public FaultInjection faults() {
        return faults;
    }

    public Underlay network() {
        return network;
    }

    public String kubeconfig() {
        return """
            apiVersion: v1
            kind: Config
            current-context: stub
            clusters: [{name: stub, cluster: {server: "http://127.0.0.1:%d"}}]
            users: [{name: tester, user: {token: tester}}]
            contexts: [{name: stub, context: {cluster: stub, user: tester}}]
            """.formatted(door.port());
    }

    /// What was asked so far.
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /// The rights that its user needed so far, `create pods`.
    public Set<String> rightsUsed() {
        return Set.copyOf(api.used());
    }

    /// Go away: connections are refused.
    public void leave() {
        door.shut();
    }

    public void comeBack() {
        door.reopen();
    }

    /// Have all packets between the clients and the API dropped, and nobody told.
    public void dropPackets() {
        door.drop();
    }

    public void dropNoLonger() {
        door.dropNoLonger();
    }

    public void restartAgent(String namespace, String name) {
        kubelet.restart(new NamespacedName(namespace, name));
    }

    /// Restart a node with everything on it.
    ///
    /// @param lost names of its pods that do not come back
    public void reboot(String node, String... lost) {
        kubelet.reboot(node, Set.of(lost));
    }

    /// Have a node's kubelet heard of no more, by what the node controller then writes.
    ///
    /// @param silent whether the node is gone; else its agents can still be asked
    public Disruption.Ongoing loseNode(String node, boolean silent) {
        return new LostNode(store, kubelet, network, node).begin(silent);
    }

    /// Mark the pods on a node for deletion, as the taint manager does when a node has not been Ready for a while.
    public void deletePodsOf(String node) {
        for (var pod : store.list("/pods", ""))
            if (pod.at("/spec/nodeName").asText().equals(node) && pod.at("/metadata/labels").has("lockdown.dev/run"))
                api.answer(Call.deletion("pods", pod.at("/metadata/namespace").asText(), pod.at("/metadata/name").asText()));
    }

    /// Have these programs on its nodes, before all others, and one to enter them with.
    public void tools(Path folder) {
        kubelet.tools(folder);
    }

    /// Delete a pod, as an eviction by the API does.
    public void evict(String namespace, String name) {
        kubelet.end(new Key("/pods", namespace, name));
        kubelet.settle();
    }

    /// End a pod, as a node under pressure does: its object stays, and says why.
    public void evictForPressure(String namespace, String name) {
        kubelet.evict(new Key("/pods", namespace, name));
        kubelet.settle();
    }

    /// End the namespaces that were stuck.
    public void finishNamespaces() {
        for (var namespace : store.list("/namespaces", ""))
            if (namespace.at("/status/phase").asText().equals("Terminating")) kubelet.endNamespace(namespace.at("/metadata/name").asText());
        kubelet.settle();
    }

    /// Reset every attachment of a pod.
    public void cutAttachments(String namespace, String name) {
        var terminal = kubelet.terminal(new NamespacedName(namespace, name));
        if (terminal != null) terminal.reset();
    }

    /// Make a namespace that is not ours.
    public void addNamespace(String name) {
        network.apply(new Change.ApplyNamespace(new Namespace(name, Map.of())));
        store.put(new Key("/namespaces", "", name), Json.of("{'apiVersion': 'v1', 'kind': 'Namespace', 'metadata': {}}"));
    }

    /// Let the deadlines of all Jobs pass that are deleted when they have ended.
    ///
    /// @return the deadlines, in seconds
    public List<Long> passDeadlines() {
        var passed = api.passDeadlines();
        kubelet.settle();
        return passed;
    }

    /// Leave the lease of a run that was killed an hour ago.
    public void addExpiredLease() {
        store.put(new Key("coordination.k8s.io/leases", "default", "lockdown"), Json.of("{'apiVersion': 'coordination.k8s.io/v1', "
            + "'kind': 'Lease', 'metadata': {}, 'spec': {'holderIdentity': 'run-0', 'leaseDurationSeconds': 30, "
            + "'renewTime': '2026-01-01T00:00:00.000000Z'}}"));
    }

    /// Make a kind of object known, as an operator does, with one object of it.
    public void addKind(String group, String kind, String object) {
        var plural = kind.toLowerCase(Locale.ROOT).replaceFirst("y$", "ie") + "s";
        store.put(new Key("apiextensions.k8s.io/customresourcedefinitions", "", plural + "." + group), Json.of("{'apiVersion': "
            + "'apiextensions.k8s.io/v1', 'kind': 'CustomResourceDefinition', 'metadata': {}, 'spec': {'group': '%s', 'scope': 'Cluster', "
            + "'names': {'kind': '%s', 'plural': '%s'}, 'versions': [{'name': 'v1', 'served': true, 'storage': true}]}}", group, kind,
            plural));
        store.put(new Key(group + "/" + plural, "", object), Json.of("{'apiVersion': '%s/v1', 'kind': '%s', 'metadata': {}}", group, kind));
    }

    /// Have an object, behind which nothing runs.
    ///
    /// @param resource such as `apps/deployments`, and `/pods`
    /// @param json with single quotes for double ones
    public void put(String resource, String namespace, String name, String json) {
        store.put(new Key(resource, namespace, name), Json.of(json.replace("%", "%%")));
    }

    /// Make a host outside the cluster.
    public void addHost(ExternalHost host) {
        network.apply(new Change.AddHost(host));
    }

    public List<InetAddress> addresses(Endpoint endpoint) {
        return network.addresses(endpoint);
    }

    /// What carries the label of a run, and every lease: `Namespace shop`.
    public List<String> leftovers() {
        return store.all().filter(o -> o.at("/metadata/labels").has("lockdown.dev/run") || o.path("kind").asText().equals("Lease"))
            .map(o -> o.path("kind").asText() + " " + o.at("/metadata/namespace").asText("") + " " + o.at("/metadata/name").asText())
            .toList();
    }

    private boolean answer(HttpMessage request, Socket socket, InputStream in, OutputStream out) throws IOException {
        var call = Call.of(numbers.incrementAndGet(), request);
        calls.add(call.asSent());
        switch (faults.calls.apply(call)) {
            case FaultInjection.Fate.Answered() -> {}
            case FaultInjection.Fate.Refused(var status, var reason, var message) -> {
                return write(out, Api.failure(status, reason, message));
            }
            case FaultInjection.Fate.Reset() -> {
                HttpListener.reset(socket);
                return false;
            }
            case FaultInjection.Fate.ResetAfterwards() -> {
                api.answer(call);
                HttpListener.reset(socket);
                return false;
            }
            case FaultInjection.Fate.Late(var until) -> {
                await(until);
                api.answer(call);
                return false;
            }
            case FaultInjection.Fate.Hung() -> {
                await(closing);
                return false;
            }
        }
        if (request.upgrades() && call.resource().equals("pods/attach")) return attach(call, request, socket, in, out);
        if (request.upgrades() && call.resource().equals("pods/exec")) return exec(call, request, socket, in, out);
        if (call.verb().equals("watch")) return new Watch(store, call).serve(api, request, socket, in, out);
        return write(out, api.answer(call));
    }

    private static boolean write(OutputStream out, Reply reply) throws IOException {
        var body = reply.body().isTextual() ? reply.body().asText().getBytes(StandardCharsets.UTF_8) : Json.bytes(reply.body());
        HttpListener.write(out, reply.status(), "", body);
        return true;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean exec(Call call, HttpMessage request, Socket socket, InputStream in, OutputStream out) throws IOException {
        try {
            api.require(call, "create");
        } catch (Api.Refusal e) {
            return write(out, e.reply);
        }
        Exec.serve(WebSocket.accept(request, socket, in, out), faults.programs.apply(call));
        return false;
    }

    private boolean attach(Call call, HttpMessage request, Socket socket, InputStream in, OutputStream out) throws IOException {
        var fault = faults.attachment.apply(attachments.incrementAndGet());
        var terminal = kubelet.terminal(new NamespacedName(call.namespace(), call.name()));
        // The first HTTP request of a WebSocket is a GET, for which some servers ask for the right to create as well.
        try {
            api.require(call, "get");
            api.require(call, "create");
        } catch (Api.Refusal e) {
            return write(out, e.reply);
        }
        if (terminal == null) return write(out, Api.failure(404, "NotFound", "pods \"%s\" not found".formatted(call.name())));
        if (fault == FaultInjection.Attachment.REFUSED || terminal.isSilent())
            return write(out, Api.failure(500, "InternalError", "error dialing backend"));
        terminal.attach(WebSocket.accept(request, socket, in, out), fault);
        return false;
    }

    @Override
    public void close() {
        closing.countDown();
        door.close();
        kubelet.close();
        network.close();
    }
}
