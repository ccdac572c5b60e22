@conformance @upstream
Feature: What the Kubernetes project's own tests ask of NetworkPolicy

  The behaviours of the upstream end-to-end tests that no other feature here shows, each with its number and its name there. The numbers
  that are missing stand beside the scenarios of other features.

  Background:
    Given the namespaces
      | namespace | labels |
      | x         | ns=x   |
      | y         | ns=y   |
      | z         | ns=z   |
    And the pods
      | pod | labels | serves                                                       | node   |
      | x/a | pod=a  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, UDP/80, UDP/81     | node-1 |
      | x/b | pod=b  | TCP/80, TCP/81, UDP/80, UDP/81                               | node-1 |
      | x/c | pod=c  | TCP/80, TCP/81, UDP/80, UDP/81                               | node-2 |
      | y/a | pod=a  | TCP/80, TCP/81, UDP/80, UDP/81                               | node-1 |
      | y/b | pod=b  | TCP/80, TCP/81, UDP/80, UDP/81                               | node-2 |
      | z/a | pod=a  | TCP/80, TCP/81, UDP/80, UDP/81                               | node-2 |
      | z/c | pod=c  | serve-81-tcp=TCP/81, TCP/80, UDP/80, UDP/81                  | node-1 |

  # e2e 4: should enforce policy to allow ingress traffic for a target
  Scenario: Ingress is denied to a namespace and allowed to one pod of it
    Given "x" denies all ingress
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: allow-target}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [{namespaceSelector: {}}]}]
      """
    Then on TCP/80 and TCP/81 the truth table is
      |     | x/a  | x/b     | x/c     | y/a  |
      | x/b | open | -       | blocked | open |
      | y/a | open | blocked | blocked | -    |
      | z/c | open | blocked | blocked | open |
    And every flow is as the policies say

  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: peers}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [<from>]}]
      """
    Then on TCP/80 the truth table is
      |     | x/a   | x/b  |
      | x/b | <x/b> | -    |
      | x/c | <x/c> | open |
      | y/a | <y/a> | open |
      | y/b | <y/b> | open |
      | z/a | <z/a> | open |
      | z/c | <z/c> | open |
    And every flow is as the policies say

    Examples:
      | case                                                          | from                                                                                                                                                          | x/b     | x/c     | y/a     | y/b     | z/a     | z/c     |
      # e2e 7: should enforce policy based on PodSelector with MatchExpressions
      | A peer's podSelector may be an expression                     | {podSelector: {matchExpressions: [{key: pod, operator: In, values: [b]}]}}                                                                                    | open    | blocked | blocked | blocked | blocked | blocked |
      # e2e 11: should enforce policy based on Multiple PodSelectors and NamespaceSelectors
      | Expressions on pods and on namespaces must both hold          | {namespaceSelector: {matchExpressions: [{key: ns, operator: NotIn, values: [x]}]}, podSelector: {matchExpressions: [{key: pod, operator: NotIn, values: [a]}]}} | blocked | blocked | blocked | open    | blocked | open    |
      # e2e 12: should enforce policy based on any PodSelectors
      | Any of several podSelectors is enough                         | {podSelector: {matchLabels: {pod: b}}}, {podSelector: {matchLabels: {pod: c}}}                                                                                | open    | open    | blocked | blocked | blocked | blocked |
      # e2e 13: should enforce policy to allow traffic only from a pod in a different namespace based on PodSelector and NamespaceSelector
      | Only one pod of another namespace                             | {namespaceSelector: {matchLabels: {ns: "y"}}, podSelector: {matchLabels: {pod: a}}}                                                                           | blocked | blocked | open    | blocked | blocked | blocked |
      # e2e 42: should enforce policy based on NamespaceSelector with MatchExpressions using default ns label
      | All namespaces but one, by the label of its name              | {namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: ["y"]}]}}                                                 | open    | open    | blocked | blocked | open    | open    |

  # e2e 18: should allow ingress access from namespace on one named port
  @named-port
  Scenario: One namespace may use one named port
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-y-on-81}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress:
        - from: [{namespaceSelector: {matchLabels: {ns: "y"}}}]
          ports: [{port: serve-81-tcp}]
      """
    Then on TCP/81 the truth table is
      |     | x/a     |
      | y/a | open    |
      | y/b | open    |
      | z/a | blocked |
      | x/b | blocked |
    And every pod of "y" cannot reach "x/a" on TCP/80
    And every flow is as the policies say

  # e2e 24: should deny ingress access to updated pod
  @lifecycle
  Scenario: A pod is isolated as soon as its new labels make a policy select it
    Given this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: deny-targets}
      spec:
        podSelector: {matchLabels: {target: isolated}}
        policyTypes: [Ingress]
      """
    And "y/a" can reach "x/a" on TCP/80
    When "x/a" is relabelled "pod=a, target=isolated"
    Then "y/a" cannot reach "x/a" on TCP/80
    And every flow is as the policies say
    When "x/a" is relabelled "pod=a"
    Then "y/a" can again reach "x/a" on TCP/80
    When "x/a" is relabelled "pod=a, target=isolated"
    Then "y/a" cannot reach "x/a" on TCP/80

  # e2e 25: should deny egress from pods based on PodSelector
  Scenario: Egress is denied to one pod by its label
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: deny-egress-of-a}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
      """
    Then on TCP/80 and UDP/80 the truth table is
      |     | x/a  | x/b     | y/a     | z/c     |
      | x/a | -    | blocked | blocked | blocked |
      | x/b | open | -       | open    | open    |
      | y/a | open | open    | -       | open    |
    And every flow is as the policies say

  # e2e 27: should work with Ingress, Egress specified together
  Scenario: Rules for ingress and egress stand in one policy
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: both-ways}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Ingress, Egress]
        ingress:
        - from: [{podSelector: {matchLabels: {pod: b}}}]
        egress:
        - ports: [{protocol: TCP, port: 80}, {protocol: UDP, port: 53}]
      """
    Then on TCP/80 the truth table is
      |     | x/a     | x/b  | y/b  |
      | x/a | -       | open | open |
      | x/b | open    | -    | open |
      | x/c | blocked | open | open |
      | y/a | blocked | open | open |
    And on TCP/81 the truth table is
      |     | x/a     | x/b     | y/b     |
      | x/a | -       | blocked | blocked |
      | x/b | open    | -       | open    |
      | y/a | blocked | open    | open    |
    And every flow is as the policies say

  # e2e 29: should enforce egress policy allowing traffic to a server in a different namespace based on PodSelector and NamespaceSelector
  Scenario: Egress leads to one pod of another namespace alone
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: to-one-pod-of-y}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress:
        - to: [{namespaceSelector: {matchLabels: {ns: "y"}}, podSelector: {matchLabels: {pod: a}}}]
        - ports: [{protocol: UDP, port: 53}]
      """
    Then on TCP/80 and TCP/81 the truth table is
      |     | y/a  | y/b     | x/b     | z/a     |
      | x/a | open | blocked | blocked | blocked |
      | x/b | open | open    | -       | open    |
    And every flow is as the policies say

  # e2e 31: should enforce multiple ingress policies with ingress allow-all policy taking precedence
  Scenario: An ingress policy that allows everybody outdoes one that allows a port
    Given this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: only-80}
      spec:
        podSelector: {}
        ingress: [{ports: [{port: 80}]}]
      """
    And "y/a" cannot reach "x/b" on TCP/81
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: everybody}
      spec:
        podSelector: {}
        ingress: [{}]
      """
    Then "y/a" can again reach "x/b" on TCP/81
    And nothing broke
    And every flow is as the policies say

  # e2e 32: should enforce multiple egress policies with egress allow-all policy taking precedence
  Scenario: An egress policy that allows everybody outdoes one that allows a port
    Given this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: only-80}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress: [{ports: [{port: 80}]}]
      """
    And "x/b" cannot reach "y/a" on TCP/81
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: everybody}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress: [{}]
      """
    Then "x/b" can again reach "y/a" on TCP/81
    And nothing broke
    And every flow is as the policies say

  # e2e 37: should ensure an IP overlapping both IPBlock.CIDR and IPBlock.Except and ingress and egress are controlled independently
  Scenario: Who may speak and who may be spoken to are different questions
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: a-hears-b}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Ingress]
        ingress: [{from: [{podSelector: {matchLabels: {pod: b}}}]}]
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: a-may-not-speak-to-b}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress: [{to: [{podSelector: {matchLabels: {pod: c}}}]}]
      """
    Then on TCP/80 the truth table is
      |     | x/a     | x/b     | x/c  |
      | x/a | -       | blocked | open |
      | x/b | open    | -       | open |
      | x/c | blocked | open    | -    |
    And every flow is as the policies say

  # e2e 38: should not mistakenly treat 'protocol: SCTP' as 'protocol: TCP', even if the plugin doesn't support SCTP
  @sctp
  Scenario: A port of SCTP is not the same number of TCP or UDP
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: sctp-81}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{ports: [{protocol: TCP, port: 80}, {protocol: SCTP, port: 81}]}]
      """
    Then "y/a" can reach "x/a" on TCP/80
    But "y/a" cannot reach "x/a" on TCP/81 and UDP/81
    And every flow is as the policies say

  # e2e 39: should properly isolate pods that are selected by a policy allowing SCTP, even if the plugin doesn't support SCTP
  @sctp
  Scenario: A policy that allows SCTP alone isolates its pods from everything else
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: sctp-only}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{ports: [{protocol: SCTP, port: 80}]}]
      """
    Then "y/a" cannot reach "x/a" on TCP/80, TCP/81 and UDP/80
    And every flow is as the policies say

  # e2e 43: should support a 'default-deny-ingress' policy [UDP]
  Scenario: Default-deny holds for UDP
    When "x" denies all ingress
    Then on UDP/80 and UDP/81 the truth table is
      |     | x/a     | x/b     | y/a  |
      | x/b | blocked | -       | open |
      | y/a | blocked | blocked | -    |
    And every flow is as the policies say

  # e2e 44: should enforce policy based on Ports [UDP]
  Scenario: A port of UDP is open to one namespace alone
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-y-on-udp-81}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress:
        - from: [{namespaceSelector: {matchLabels: {ns: "y"}}}]
          ports: [{protocol: UDP, port: 81}]
      """
    Then on UDP/81 the truth table is
      |     | x/a     |
      | y/a | open    |
      | y/b | open    |
      | z/a | blocked |
    And "y/a" cannot reach "x/a" on UDP/80 and TCP/81
    And every flow is as the policies say

  # e2e 45: should enforce policy to allow traffic only from a pod in a different namespace based on PodSelector and NamespaceSelector [UDP]
  Scenario: UDP from one pod of another namespace alone
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-one-pod-of-y}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [{namespaceSelector: {matchLabels: {ns: "y"}}, podSelector: {matchLabels: {pod: a}}}]}]
      """
    Then on UDP/80 and UDP/81 the truth table is
      |     | x/a     |
      | y/a | open    |
      | y/b | blocked |
      | z/a | blocked |
      | x/b | blocked |
    And every flow is as the policies say

  # e2e 49: should support creating NetworkPolicy API operations
  @lifecycle
  Scenario: Policies are created, replaced and deleted, one and all
    Given "x" denies all ingress
    And this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: allow, labels: {stage: one}}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [{namespaceSelector: {matchLabels: {ns: "y"}}}]}]
      """
    And "y/a" can reach "x/a" on TCP/80
    And "z/a" cannot reach "x/a" on TCP/80
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: allow, labels: {stage: two}}
      spec:
        podSelector: {matchLabels: {pod: b}}
        ingress: [{from: [{namespaceSelector: {matchLabels: {ns: "z"}}}]}]
      """
    Then on TCP/80 the truth table is
      |     | x/a     | x/b     |
      | y/a | blocked | blocked |
      | z/a | blocked | open    |
    When every policy of "x" is deleted
    Then nothing broke
    And every flow is as the policies say
