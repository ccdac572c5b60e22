@conformance @lifecycle
Feature: Nothing is left of what came and went

  Background:
    Given the namespaces
      | namespace | labels |
      | x         | ns=x   |
      | y         | ns=y   |
    And the pods
      | pod | labels | serves         | node   | starts |
      | x/a | pod=a  | TCP/80, UDP/80 | node-1 |        |
      | x/b | pod=b  | TCP/80, UDP/80 | node-2 |        |
      | y/a | pod=a  | TCP/80, UDP/80 | node-2 |        |
      | y/b | pod=b  | TCP/80, UDP/80 | node-1 |        |
      | y/n | pod=n  | TCP/80, UDP/80 | node-1 | later  |

  Scenario: Policies that come and go again and again leave no rule behind
    Given "x" denies all ingress
    And policy "deny-all-ingress" is deleted from "x"
    And "x" denies all egress
    And policy "deny-all-egress" is deleted from "x"
    And "x" denies all ingress and egress
    And "x/a" is allowed ingress from "y/a" on TCP/80
    And every policy of "x" is deleted
    And "y" denies all ingress
    When every policy of "y" is deleted
    Then nothing broke
    And every flow is as the policies say

  Scenario: A policy that is deleted and made again with another rule holds the new one
    Given "x/a" is allowed ingress from "y/a" on TCP/80
    And "y/b" cannot reach "x/a" on TCP/80
    And every policy of "x" is deleted
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: allow-ingress-1}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {pod: b}}}]}]
      """
    Then on TCP/80 the truth table is
      |     | x/a     |
      | y/a | blocked |
      | y/b | open    |
      | x/b | open    |
    And every flow is as the policies say

  Scenario: A namespace that is deleted takes its rights with it and opens nothing
    Given "x" denies all ingress
    And this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-y}
      spec:
        podSelector: {}
        ingress: [{from: [{namespaceSelector: {matchLabels: {ns: "y"}}}]}]
      """
    And "y/a" can reach "x/a" on TCP/80
    When namespace "y" is deleted
    Then "x/a" cannot reach "x/b" on TCP/80
    And every flow is as the policies say

  Scenario: A namespace that is made later is judged by its labels
    Given "x" denies all ingress
    And this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-new}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [{namespaceSelector: {matchLabels: {ns: new}}}]}]
      """
    And the namespaces
      | namespace | labels |
      | w         | ns=new |
      | v         | ns=old |
    When the pods
      | pod | labels | serves |
      | w/a | pod=a  | TCP/80 |
      | v/a | pod=a  | TCP/80 |
    Then on TCP/80 the truth table is
      |     | x/a     | x/b     |
      | w/a | open    | blocked |
      | v/a | blocked | blocked |
    And every flow is as the policies say

  Scenario: A pod that starts, stops and starts again has its rights each time
    Given "x" denies all ingress
    And this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-n}
      spec:
        podSelector: {}
        ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {pod: "n"}}}]}]
      """
    When "y/n" starts
    Then "y/n" can reach every pod of "x" on TCP/80 and UDP/80
    When "y/n" stops
    And "y/n" starts
    Then "y/n" can reach every pod of "x" on TCP/80 and UDP/80
    And "y/b" cannot reach every pod of "x" on TCP/80
    And every flow is as the policies say

  Scenario: A label that flips to and fro ends where it ends
    Given "x" denies all ingress
    And this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-friends}
      spec:
        podSelector: {matchLabels: {pod: a}}
        ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {friend: "yes"}}}]}]
      """
    When "y/a" is relabelled "pod=a, friend=yes"
    And "y/a" is relabelled "pod=a"
    And "y/a" is relabelled "pod=a, friend=yes"
    Then "y/a" can reach "x/a" on TCP/80
    When "y/a" is relabelled "pod=a, friend=no"
    And "y/a" is relabelled "pod=a"
    Then "y/a" cannot reach "x/a" on TCP/80
    And every flow is as the policies say

  @catches:long-policy-names-collide
  Scenario: Names of the greatest length hold as short ones do
    Given the pods
      | pod | labels | serves |
      | a-namespace-whose-name-has-the-sixty-three-letters-it-may-have0/a | pod=a | TCP/80 |
    When this policy is applied to "a-namespace-whose-name-has-the-sixty-three-letters-it-may-have0"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: a-policy-whose-name-is-as-long-as-the-api-allows-which-is-two-hundred-and-fifty-three-letters.a-policy-whose-name-is-as-long-as-the-api-allows-which-is-two-hundred-and-fifty-three-letters.a-policy-whose-name-is-as-long-as-the-api-allows-which-is-two-hu1
      spec:
        podSelector: {}
        ingress: [{from: [{namespaceSelector: {matchLabels: {ns: x}}}]}]
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: a-policy-whose-name-is-as-long-as-the-api-allows-which-is-two-hundred-and-fifty-three-letters.a-policy-whose-name-is-as-long-as-the-api-allows-which-is-two-hundred-and-fifty-three-letters.a-policy-whose-name-is-as-long-as-the-api-allows-which-is-two-hu2
      spec:
        podSelector: {}
        ingress: [{from: [{namespaceSelector: {matchLabels: {ns: "y"}}, podSelector: {matchLabels: {pod: a}}}]}]
      """
    Then on TCP/80 the truth table is
      | | a-namespace-whose-name-has-the-sixty-three-letters-it-may-have0/a |
      | x/a | open |
      | y/a | open |
      | y/b | blocked |
    And every flow is as the policies say
