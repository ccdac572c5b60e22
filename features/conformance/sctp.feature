@conformance @upstream @sctp @needs:sctp
Feature: Policies for SCTP

  Skipped where the kernel cannot carry SCTP. That SCTP is not taken for another protocol is shown elsewhere, without a packet of it.

  Background:
    Given the pods
      | pod | labels | serves           | node   |
      | x/a | pod=a  | SCTP/80, SCTP/81 | node-1 |
      | y/a | pod=a  | SCTP/80, SCTP/81 | node-2 |
      | y/b | pod=b  | SCTP/80, SCTP/81 | node-1 |

  # e2e 46: should support a 'default-deny-ingress' policy [SCTP]
  Scenario: Default-deny holds for SCTP
    When "x" denies all ingress
    Then every pod of "y" can no longer reach "x/a" on SCTP/80 and SCTP/81
    And every flow is as the policies say

  # e2e 47: should enforce policy based on Ports [SCTP]
  Scenario: A port of SCTP is open to one namespace alone
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-y-on-sctp-81}
      spec:
        podSelector: {}
        ingress:
        - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "y"}}}]
          ports: [{protocol: SCTP, port: 81}]
      """
    Then "y/a" can reach "x/a" on SCTP/81
    But "y/a" cannot reach "x/a" on SCTP/80
    And every flow is as the policies say

  # e2e 48: should enforce policy to allow traffic only from a pod in a different namespace based on PodSelector and NamespaceSelector [SCTP]
  Scenario: SCTP from one pod of another namespace alone
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-one-pod-of-y}
      spec:
        podSelector: {}
        ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "y"}}, podSelector: {matchLabels: {pod: a}}}]}]
      """
    Then "y/a" can reach "x/a" on SCTP/80
    But "y/b" cannot reach "x/a" on SCTP/80
    And every flow is as the policies say
