@conformance @lifecycle
Feature: Policies, pods and namespaces come, change and go

  Background:
    Given the namespaces
      | namespace | labels    |
      | x         | team=red  |
      | y         | team=blue |
    And the pods
      | pod | labels | serves | node   | starts |
      | x/a | pod=a  | TCP/80 | node-1 |        |
      | x/b | pod=b  | TCP/80 | node-2 |        |
      | y/a | pod=a  | TCP/80 | node-2 |        |
      | y/n | pod=n  | TCP/80 | node-2 | later  |

  # e2e 20: should enforce updated policy
  @catches:policy-update-unnoticed
  Scenario: A policy is updated
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: changing}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [{podSelector: {}}]}]
      """
    Then on TCP/80 the truth table is
      |     | x/a     |
      | x/b | open    |
      | y/a | blocked |
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: changing}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [{namespaceSelector: {matchLabels: {team: blue}}}]}]
      """
    Then on TCP/80 the truth table is
      |     | x/a     |
      | x/b | blocked |
      | y/a | open    |
    And every flow is as the policies say

  # e2e 33: should stop enforcing policies after they are deleted
  Scenario: A policy is deleted
    Given "x" denies all ingress
    And "y/a" cannot reach "x/a" on TCP/80
    When policy "deny-all-ingress" is deleted from "x"
    Then "y/a" can again reach "x/a" on TCP/80
    And nothing broke

  @catches:ingress-rules-alone-isolate-egress
  Scenario: policyTypes are fixed when the policy is created
    A policy that is created without egress rules isolates ingress alone, and stays so when an update brings egress rules.

    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: defaulted}
      spec:
        podSelector: {}
        ingress: [{from: [{podSelector: {}}]}]
      """
    Then "y/a" cannot reach "x/a" on TCP/80
    But "x/a" can still reach "y/a" on TCP/80
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: defaulted}
      spec:
        podSelector: {}
        egress: [{to: [{podSelector: {matchLabels: {pod: nobody}}}]}]
      """
    Then "x/a" can still reach "y/a" on TCP/80
    And every flow is as the policies say

  @catches:egress-rules-alone-leave-ingress-open
  Scenario: Egress rules alone isolate both directions when the types are left out
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: both-by-default}
      spec:
        podSelector: {}
        egress: [{to: [{podSelector: {}}]}]
      """
    Then "x/a" cannot reach "y/a" on TCP/80
    And "y/a" cannot reach "x/a" on TCP/80
    And every flow is as the policies say

  # e2e 22: should allow ingress access from updated pod
  @catches:pod-relabelling-unnoticed
  Scenario: A pod is relabelled
    Given "x" denies all ingress
    And this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-friends}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [{podSelector: {matchLabels: {pod: friend}}}]}]
      """
    And "x/b" cannot reach "x/a" on TCP/80
    When "x/b" is relabelled "pod=friend"
    Then "x/b" can again reach "x/a" on TCP/80
    When "x/b" is relabelled "pod=b"
    Then "x/b" cannot reach "x/a" on TCP/80
    And every flow is as the policies say

  # e2e 21: should allow ingress access from updated namespace
  @catches:namespace-relabelling-unnoticed
  Scenario: A namespace is relabelled
    Given this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-green}
      spec:
        podSelector: {}
        ingress: [{from: [{namespaceSelector: {matchLabels: {team: green}}}]}]
      """
    And "y/a" cannot reach "x/a" on TCP/80
    When namespace "y" is relabelled "team=green"
    Then "y/a" can again reach "x/a" on TCP/80
    When namespace "y" is relabelled "team=blue"
    Then "y/a" cannot reach "x/a" on TCP/80
    And every flow is as the policies say

  @catches:open-at-pod-start
  Scenario: A pod that starts under a policy is isolated from its first packet
    Given "y" denies all ingress
    When "y/n" starts
    Then "x/a" cannot reach "y/n" on TCP/80
    And "y/n" can reach "x/a" on TCP/80
    And every flow is as the policies say

  @catches:reused-address-keeps-rights
  Scenario: A new pod does not inherit the rights of the one whose address it gets
    Given "x" denies all ingress
    And "x/a" is allowed ingress from "y/a" on TCP/80
    And "y/a" can reach "x/a" on TCP/80
    When "y/a" stops
    And "y/n" starts
    Then "y/n" cannot reach "x/a" on TCP/80
    And every flow is as the policies say

  Scenario: A restarted pod is isolated as before
    Given "x" denies all ingress
    When "x/a" restarts
    Then "y/a" cannot reach "x/a" on TCP/80
    And "x/a" can reach "y/a" on TCP/80
