@conformance @selectors
Feature: Peers by labels

  A peer's podSelector and namespaceSelector in one entry must both match; in two entries either is enough. Without a
  namespaceSelector a podSelector means the policy's own namespace.

  Background:
    Given the namespaces
      | namespace | labels             |
      | x         | team=red           |
      | y         | team=blue, env=dev |
      | z         | env=prod           |
    And the pods
      | pod | labels           | serves |
      | x/a | pod=a            | TCP/80 |
      | x/b | pod=b, tier=back | TCP/80 |
      | y/a | pod=a            | TCP/80 |
      | y/b | pod=b            | TCP/80 |
      | z/a | pod=a, tier=back | TCP/80 |
      | z/b |                  | TCP/80 |

  @catches:pod-and-namespace-selector-as-or @catches:two-peers-as-and @catches:not-in-as-in @catches:not-in-misses-pods-without-the-key @catches:exists-ignored
  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: peers}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress:
        - from: [<from>]
      """
    Then on TCP/80 the truth table is
      |     | x/a   |
      | x/b | <x/b> |
      | y/a | <y/a> |
      | y/b | <y/b> |
      | z/a | <z/a> |
      | z/b | <z/b> |
    And every flow is as the policies say

    Examples: One selector
      | case                                                   | from                                                                                                    | x/b     | y/a     | y/b     | z/a     | z/b     |
      # e2e 23: should deny ingress from pods on other namespaces
      | An empty podSelector is every pod of the namespace     | {podSelector: {}}                                                                                       | open    | blocked | blocked | blocked | blocked |
      # e2e 3: should enforce policy to allow traffic from pods within server namespace based on PodSelector
      | A podSelector looks in the policy's own namespace only | {podSelector: {matchLabels: {pod: b}}}                                                                  | open    | blocked | blocked | blocked | blocked |
      # e2e 5: should enforce policy to allow ingress traffic from pods in all namespaces
      | An empty namespaceSelector is every namespace          | {namespaceSelector: {}}                                                                                 | open    | open    | open    | open    | open    |
      # e2e 6: should enforce policy to allow traffic only from a different namespace, based on NamespaceSelector
      | A namespaceSelector takes all pods of the namespaces   | {namespaceSelector: {matchLabels: {team: blue}}}                                                        | blocked | open    | open    | blocked | blocked |
      # e2e 41: should enforce policy based on NamespaceSelector with MatchLabels using default ns label
      | A namespace by its name's label                        | {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: z}}}                                    | blocked | blocked | blocked | open    | open    |

    Examples: Two selectors
      | case                                                   | from                                                                                                    | x/b     | y/a     | y/b     | z/a     | z/b     |
      # e2e 10: should enforce policy based on PodSelector and NamespaceSelector
      | Both in one entry must match                           | {namespaceSelector: {matchLabels: {team: blue}}, podSelector: {matchLabels: {pod: b}}}                  | blocked | blocked | open    | blocked | blocked |
      # e2e 9: should enforce policy based on PodSelector or NamespaceSelector
      | In two entries either is enough                        | {namespaceSelector: {matchLabels: {team: blue}}}, {podSelector: {matchLabels: {pod: b}}}                | open    | open    | open    | blocked | blocked |
      | Every namespace, but only such pods                    | {namespaceSelector: {}, podSelector: {matchLabels: {pod: b}}}                                           | open    | blocked | open    | blocked | blocked |

    Examples: Expressions
      | case                                                   | from                                                                                                    | x/b     | y/a     | y/b     | z/a     | z/b     |
      # e2e 8: should enforce policy based on NamespaceSelector with MatchExpressions
      | In takes any of the values                             | {namespaceSelector: {matchExpressions: [{key: env, operator: In, values: [dev, prod]}]}}                | blocked | open    | open    | open    | open    |
      | NotIn takes namespaces without the key as well         | {namespaceSelector: {matchExpressions: [{key: env, operator: NotIn, values: [prod]}]}}                  | open    | open    | open    | blocked | blocked |
      | Exists asks for the key alone                          | {namespaceSelector: {}, podSelector: {matchExpressions: [{key: tier, operator: Exists}]}}               | open    | blocked | blocked | open    | blocked |
      | DoesNotExist takes those without the key               | {namespaceSelector: {}, podSelector: {matchExpressions: [{key: pod, operator: DoesNotExist}]}}          | blocked | blocked | blocked | blocked | open    |
      | Several requirements must all hold                     | {namespaceSelector: {}, podSelector: {matchLabels: {pod: a}, matchExpressions: [{key: tier, operator: Exists}]}} | blocked | blocked | blocked | open    | blocked |

  Scenario: A policy's podSelector may be an expression
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: expression}
      spec:
        podSelector: {matchExpressions: [{key: pod, operator: NotIn, values: [a]}]}
        policyTypes: [Ingress]
      """
    Then on TCP/80 the truth table is
      |     | x/a  | x/b     |
      | y/a | open | blocked |
    And every flow is as the policies say

  # e2e 16: should support allow-all policy
  @catches:empty-peers-deny
  Scenario: An empty list of rules denies, a list with an empty rule allows
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: nobody}
      spec:
        podSelector: {}
        ingress: []
      """
    Then "y/a" cannot reach "x/a" on TCP/80
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: everybody}
      spec:
        podSelector: {}
        ingress: [{}]
      """
    Then "y/a" can again reach "x/a" on TCP/80
    And every flow is as the policies say

  # e2e 15: should enforce multiple, stacked policies with overlapping podSelectors
  @catches:only-the-first-policy
  Scenario: Policies add up: what any of them allows is allowed
    Given "x" denies all ingress
    When "x/a" is allowed ingress from "y/a" on TCP/80
    And "x/a" is allowed ingress from pods "tier=back" of "z" on TCP/80
    Then on TCP/80 the truth table is
      |     | x/a     | x/b     |
      | y/a | open    | blocked |
      | y/b | blocked | blocked |
      | z/a | open    | blocked |
      | z/b | blocked | blocked |
    And every flow is as the policies say

  @catches:long-policy-names-collide
  Scenario: Policies with long names that begin alike are two policies
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: allow-ingress-from-the-pods-of-the-front-end-of-the-shop-in-team-blue}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [{namespaceSelector: {matchLabels: {team: blue}}}]}]
      """
    And this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: allow-ingress-from-the-pods-of-the-front-end-of-the-shop-in-env-prod}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [{namespaceSelector: {matchLabels: {env: prod}}}]}]
      """
    Then on TCP/80 the truth table is
      |     | x/a     |
      | x/b | blocked |
      | y/a | open    |
      | z/a | open    |
    And every flow is as the policies say
