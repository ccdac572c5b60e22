package dev.lockdown.policy;

/// What the policies of one side say where the API defines it.
public enum Settled implements Ruling {
    /// This end is a node or an outside machine; policies have pods as their subjects.
    NOT_A_POD,
    /// No policy with this direction selects the pod.
    NOT_ISOLATED,
    /// A pod cannot block access to itself.
    OWN_ADDRESS,
    /// The node where the pod runs always gets in.
    OWN_NODE,
    /// Some rule of some policy that isolates the pod admits the flow.
    ADMITTED,
    /// The pod is isolated and no rule admits the flow.
    REFUSED
}
