@conformance @host-network
Feature: Pods of the host's network, and nodes

  Whether policies apply to a pod with the node's own address, and whether it counts as a pod or as its node, is implementation-defined. Its
  node is a node all the same.

  Background:
    Given the namespaces
      | namespace | labels |
      | x         | ns=x   |
      | y         | ns=y   |
    And the pods
      | pod | labels | serves   | node   | network |
      | x/a | pod=a  | TCP/80   | node-1 |         |
      | x/b | pod=b  | TCP/80   | node-2 |         |
      | y/h | pod=h  | TCP/8081 | node-1 | host    |
      | y/i | pod=i  | TCP/8082 | node-2 | host    |

  Scenario: Without policies they reach everybody and are reached by everybody
    Then every pod can reach "y/h" on TCP/8081
    And "y/h" can reach every pod of "x" on TCP/80
    And every flow is as the policies say

  Scenario: A policy in one namespace leaves another's host-network pods alone
    When "x" denies all ingress
    Then "x/a" can still reach "y/i" on TCP/8082
    And "x/b" can still reach "y/h" on TCP/8081
    And every flow is as the policies say

  Scenario: A host-network pod of another node gets into no isolated pod that does not name it
    When "x" denies all ingress
    Then on TCP/80 the truth table is
      |     | x/a     | x/b     |
      | y/h | -       | blocked |
      | y/i | blocked | -       |
    And every flow is as the policies say

  Scenario: The node where a pod runs gets in, another node does not
    When "x" denies all ingress
    Then on TCP/80 the truth table is
      |             | x/a     | x/b     |
      | node node-1 | open    | blocked |
      | node node-2 | blocked | open    |

  Scenario: Another node gets in where its address is allowed
    Given "x" denies all ingress
    When "x/a" is allowed ingress from node "node-2" on TCP/80
    Then node "node-2" can reach "x/a" on TCP/80
    But node "node-1" cannot reach "x/b" on TCP/80
    And every flow is as the policies say

  Scenario: Egress to another node's pod of the host's network needs a rule
    When "x" denies all egress
    Then "x/a" can no longer reach "y/i" on TCP/8082
    And "x/b" can no longer reach "y/h" on TCP/8081
    And every flow is as the policies say

  @implementation-defined
  Scenario: A policy of their own namespace does not isolate them
    The embedded cluster sees a host-network pod as its node, as Calico and kube-router do.

    When "y" denies all ingress and egress
    Then "x/a" can still reach "y/i" on TCP/8082
    And "y/h" can still reach "x/b" on TCP/80
