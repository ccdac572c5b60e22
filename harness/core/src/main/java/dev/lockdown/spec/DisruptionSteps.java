package dev.lockdown.spec;

import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.ObjectDisruption;
import dev.lockdown.disruption.Schedule;
import dev.lockdown.spec.ParameterTypes.PolicyName;
import dev.lockdown.spec.words.Peer;
import dev.lockdown.spec.words.StepTable;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// What may be done to the cluster on purpose while flows are watched. Each is a step, and a row of the steps of [ScheduleSteps].
public final class DisruptionSteps {
    private final ScenarioContext context;
    private final Consumer<Disruption> happen;

    public DisruptionSteps(ScenarioContext context) {
        this.context = context;
        happen = disruption -> context.disrupt(Schedule.once(disruption));
    }

    private DisruptionSteps(ScenarioContext context, Consumer<Disruption> happen) {
        this.context = context;
        this.happen = happen;
    }

    /// Steps that hand over what would happen.
    static DisruptionSteps collecting(ScenarioContext context, Consumer<Disruption> collected) {
        return new DisruptionSteps(context, collected);
    }

    @Example(value = "policy \"deny-all\" of \"shop\" comes and goes for 200 ms", does = """
        Applies a policy and deletes it; one that is there is deleted and made anew. `deny-all`, `deny-all-ingress` and `deny-all-egress` \
        need not have been there.""")
    @When("{policy} of {string} comes and goes for {duration}")
    public void policyComesAndGoes(PolicyName policy, String namespace, Duration lasting) {
        happen.accept(targets().policy(namespace, policy.name(), lasting));
    }

    @Example(value = "policy \"deny-all\" of \"shop\" is deleted and recreated after 100 ms",
        does = "Deletes a policy and makes it anew.")
    @When("{policy} of {string} is deleted and recreated after {duration}")
    public void policyRecreated(PolicyName policy, String namespace, Duration away) {
        happen.accept(targets().existing(namespace, policy.name(), away));
    }

    @Example(value = "the policies of \"fixtures/policies/default-deny-all.yaml\" come and go in \"shop\" for 200 ms", does = """
        Applies the policies of a file together, and deletes them; none of them may be there before.""")
    @When("the policies of {string} come and go in {string} for {duration}")
    public void policiesComeAndGo(String file, String namespace, Duration lasting) {
        happen.accept(targets().policiesOf(file, namespace, lasting));
    }

    @Example(value = "namespace \"shop\" is locked down for 200 ms", does = "Isolates all pods of a namespace in both directions.")
    @When("namespace {string} is locked down for {duration}")
    public void lockedDown(String namespace, Duration lasting) {
        happen.accept(new ObjectDisruption.NamespacesLockedDown(List.of(targets().namespace(namespace)), false, lasting));
    }

    @Example(value = "every namespace is locked down for 200 ms", does = "Isolates all pods of the scenario's namespaces.")
    @When("every namespace is locked down for {duration}")
    public void allLockedDown(Duration lasting) {
        happen.accept(new ObjectDisruption.NamespacesLockedDown(targets().namespaces(), false, lasting));
    }

    @Example(value = "a random half of the namespaces is locked down for 200 ms",
        does = "Isolates all pods of half of the scenario's namespaces, which the run's seed chooses.")
    @When("a random half of the namespaces is locked down for {duration}")
    public void halfOfNamespacesLockedDown(Duration lasting) {
        happen.accept(new ObjectDisruption.NamespacesLockedDown(targets().namespaces(), true, lasting));
    }

    @Example(value = "a random half of namespace \"shop\" is locked down for 200 ms", does = """
        Isolates half of a namespace's pods, which the run's seed chooses; pods with the same labels share their fate.""")
    @When("a random half of namespace {string} is locked down for {duration}")
    public void halfLockedDown(String namespace, Duration lasting) {
        happen.accept(new ObjectDisruption.HalfLockedDown(targets().namespaceWithPods(namespace), lasting));
    }

    @Example(value = "\"shop/web\" is relabelled \"app=other\" for 200 ms", does = "Gives a pod other labels, and then its own.")
    @When("{peer} is relabelled {string} for {duration}")
    public void relabelled(Peer peer, String labels, Duration lasting) {
        happen.accept(targets().relabelled(peer, StepTable.labels(labels), lasting));
    }

    @Example(value = "namespace \"shop\" is relabelled \"team=other\" for 200 ms",
        does = "Gives a namespace other labels, and then its own.")
    @When("namespace {string} is relabelled {string} for {duration}")
    public void namespaceRelabelled(String namespace, String labels, Duration lasting) {
        happen.accept(targets().relabelled(namespace, StepTable.labels(labels), lasting));
    }

    @Example(value = "\"shop/web\" is deleted and recreated after 100 ms", does = "Deletes a pod and makes it anew on its node.")
    @When("{peer} is deleted and recreated after {duration}")
    public void recreated(Peer peer, Duration away) {
        happen.accept(new ObjectDisruption.PodGone(targets().pod(peer).name(), away));
    }

    @Example(value = "pods of \"shop\" churn at 1200 a minute for 300 ms", does = """
        Starts copies of a namespace's pods, which the run's seed chooses, and deletes each when the next one comes.""")
    @When("pods of {string} churn at {int} a minute for {duration}")
    public void churn(String namespace, int perMinute, Duration lasting) {
        happen.accept(targets().churn(namespace, perMinute, lasting));
    }

    @Example(value = "\"shop/web\" gives its address to \"shop/job\" for 200 ms", does = """
        Deletes a pod and starts another in its place, which was declared with `later` and gets the address; then the first comes back. \
        For the embedded cluster.""")
    @When("{peer} gives its address to {peer} for {duration}")
    public void givesAddress(Peer from, Peer to, Duration lasting) {
        happen.accept(targets().address(from, to, lasting));
    }

    @Example(value = "namespace \"shop\" is deleted and recreated after 100 ms",
        does = "Deletes a namespace with everything in it, and makes all of it anew.")
    @When("namespace {string} is deleted and recreated after {duration}")
    public void namespaceRecreated(String namespace, Duration away) {
        happen.accept(new ObjectDisruption.NamespaceRecreated(targets().namespaceWithPods(namespace), away));
    }

    @Example(value = "enforcement pauses for 200 ms", does = """
        Leaves all rules as they are, whatever changes meanwhile, as where the network plugin's agent is stopped. For the embedded \
        cluster.""")
    @When("enforcement pauses for {duration}")
    public void pauses(Duration lasting) {
        happen.accept(new ClusterDisruption.EnforcementPaused(lasting));
    }

    @Example(value = "enforcement restarts from nothing",
        does = "Takes all rules away and makes them anew, as an agent does that fails open. For the embedded cluster.")
    @When("enforcement restarts from nothing")
    public void restarts() {
        happen.accept(new ClusterDisruption.EnforcementRestarted());
    }

    @Example(value = "enforcement forgets its rules for 50 ms",
        does = "Enforces no policy for a time: a hole of known length. For the embedded cluster.")
    @When("enforcement forgets its rules for {duration}")
    public void forgets(Duration lasting) {
        happen.accept(new ClusterDisruption.RulesForgotten(lasting));
    }

    @Example(value = "the link of \"shop/api\" is down for 200 ms",
        does = "Loses whatever a pod sends and is sent. For the embedded cluster.")
    @When("the link of {peer} is down for {duration}")
    public void linkDown(Peer peer, Duration lasting) {
        happen.accept(new ClusterDisruption.LinkDown(targets().linked(peer), lasting));
    }

    @Example(value = "the link of \"shop/api\" loses 30 % of its packets for 200 ms",
        does = "Loses packets of a pod by chance, both ways. For the embedded cluster.")
    @When("the link of {peer} loses {int} % of its packets for {duration}")
    public void lossy(Peer peer, int percent, Duration lasting) {
        happen.accept(targets().lossy(peer, percent, lasting));
    }

    @Example(value = "node \"node-2\" is cut off for 200 ms",
        does = "A node and its pods reach nobody else, and nobody else reaches them. For the embedded cluster.")
    @When("node {string} is cut off for {duration}")
    public void cutOff(String node, Duration lasting) {
        happen.accept(new ClusterDisruption.NodeCutOff(targets().node(node), lasting));
    }

    @Example(value = "the Kubernetes API is away for 200 ms", does = """
        Nobody reaches the API server; on a real cluster a pod on every node drops packets to it, with --allow-disruptive.""")
    @When("the Kubernetes API is away for {duration}")
    public void apiAway(Duration lasting) {
        happen.accept(new ClusterDisruption.ApiAway(lasting));
    }

    @Example(value = "DNS is away for 200 ms", does = """
        Nobody reaches the cluster's name servers; on a real cluster their pods are deleted, as long as it lasts, with \
        --allow-disruptive.""")
    @When("DNS is away for {duration}")
    public void dnsAway(Duration lasting) {
        happen.accept(new ClusterDisruption.DnsAway(lasting));
    }

    @Example(value = "node \"node-2\" is cut off from the Kubernetes API for 200 ms",
        does = """
        A node and its pods do not reach the API server; on a real cluster a pod on that node drops packets to the addresses of the Service \
        default/kubernetes, with --allow-disruptive.""")
    @When("node {string} is cut off from the Kubernetes API for {duration}")
    public void apiCut(String node, Duration lasting) {
        happen.accept(new ClusterDisruption.ApiCut(targets().node(node), lasting));
    }

    @Example(value = "node \"node-2\" reboots",
        does = """
        Restarts a node with everything on it: its rules are lost, and what it knew of connections. On the embedded cluster it takes \
        300 ms and pods keep their addresses; on k3s the container of a node that is not the server restarts, until its pods run again.""")
    @When("node {string} reboots")
    public void reboots(String node) {
        happen.accept(new ClusterDisruption.NodeRestarted(targets().node(node)));
    }

    @Example(value = "the CNI agent on node \"node-1\" restarts", does = """
        Kills the pod of the network plugin's DaemonSet on a node, which brings another. For a real cluster, with \
        --allow-disruptive.""")
    @When("the CNI agent on node {string} restarts")
    public void agentRestarts(String node) {
        happen.accept(new ClusterDisruption.CniAgentKilled(targets().node(node)));
    }

    @Example(value = "the CNI agent on every node restarts", does = """
        The same on all nodes; in turn where it is not a row of `these happen at once`.""")
    @When("the CNI agent on every node restarts")
    public void everyAgentRestarts() {
        for (var node : context.trial().capabilities().nodes()) happen.accept(new ClusterDisruption.CniAgentKilled(node));
    }

    @Example(value = "the CNI is changed to the manifests of \"fixtures/cnis/changed/kube-router.yaml\" for 60 s", does = """
        Applies other manifests of the cluster's network plugin, of a newer or an older version, waits until they are rolled out, and \
        applies the former ones in the end. For a real cluster, with --allow-disruptive.""")
    @When("the CNI is changed to the manifests of {string} for {duration}")
    public void cniChanged(String file, Duration lasting) {
        happen.accept(targets().cni(file, lasting));
    }

    @Example(value = "the CNI is changed to \"calico@3.31.7\" for 60 s", does = """
        The same with the manifests of that version from the catalogue (fixtures/cnis), where the cluster has that network plugin. A change \
        that stays is not offered. For k3s, and for a real cluster with --allow-disruptive.""")
    @When("the CNI is changed to {string} for {duration}")
    public void cniVersionChanged(String version, Duration lasting) {
        happen.accept(targets().cniVersion(version, lasting));
    }

    private DisruptionTargets targets() {
        return new DisruptionTargets(context);
    }
}
