@conformance @icmp
Feature: ICMP

  NetworkPolicy is about TCP, UDP and SCTP. What becomes of an echo request to or from an isolated pod is implementation-defined; where nothing
  isolates, it must get through.

  Background:
    Given the pods
      | pod | labels | serves | node   |
      | x/a | pod=a  | TCP/80 | node-1 |
      | x/b | pod=b  | TCP/80 | node-2 |
      | y/c | pod=c  | TCP/80 | node-1 |

  Scenario: Without policies every pod answers every pod and its node
    Then every pod can reach every pod on ICMP
    And the node of "x/a" can reach "x/a" on ICMP
    And "x/a" can reach node "node-2" on ICMP
    And every flow is as the policies say

  @ipv6
  Scenario: ICMPv6 as well
    Then every pod can reach every pod on ICMP
    And every flow is as the policies say

  @dual-stack
  Scenario: Of both families on a dual-stack cluster
    Then every pod can reach every pod on ICMP

  Scenario: A host outside is reached while egress is not isolated
    Given the external hosts
      | host         | serves  |
      | user.example | TCP/443 |
    Then every pod can reach host "user.example" on ICMP

  Scenario: Policies elsewhere leave it alone
    When "x" denies all ingress and egress
    Then "y/c" can still reach "y/c" on ICMP
    And the node of "x/a" can still reach "x/a" on ICMP
    And every flow is as the policies say

  @implementation-defined
  Scenario Outline: An isolated pod is not answered (<family>)
    The embedded cluster drops whatever no rule allows, as Calico and Cilium do; kube-router lets common ICMP through.

    When "x" denies all ingress and egress
    Then on ICMP the truth table is
      |     | x/a     | x/b     | y/c     |
      | x/a | open    | blocked | blocked |
      | y/c | blocked | blocked | open    |

    Examples:
      | family |
      | IPv4   |

    @ipv6
    Examples:
      | family |
      | IPv6   |
