@conformance @ipblock
Feature: Peers by address

  Background:
    Given the pods
      | pod | labels | serves |
      | x/a | pod=a  | TCP/80 |
    And the external hosts
      | host       | serves          | addresses      |
      | one.test   | TCP/443, TCP/80 | 198.51.100.10  |
      | two.test   | TCP/443, TCP/80 | 198.51.100.130 |
      | three.test | TCP/443, TCP/80 | 203.0.113.7    |

  @catches:forgets-except
  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: blocks}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress: [<egress>]
      """
    Then on TCP/443 the truth table is
      |     | host one.test | host two.test | host three.test |
      | x/a | <one>         | <two>         | <three>         |
    And every flow is as the policies say

    Examples:
      | case                                                  | egress                                                                                                            | one     | two     | three   |
      # e2e 34: should allow egress access to server in CIDR block
      | A block takes the addresses inside it                 | {to: [{ipBlock: {cidr: 198.51.100.0/24}}]}                                                                        | open    | open    | blocked |
      | A block of one address                                | {to: [{ipBlock: {cidr: 198.51.100.10/32}}]}                                                                       | open    | blocked | blocked |
      # e2e 35: should enforce except clause while egress access to server in CIDR block
      | An exception takes addresses out of its block         | {to: [{ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}]}                                           | open    | blocked | blocked |
      | Several exceptions                                    | {to: [{ipBlock: {cidr: 0.0.0.0/0, except: [198.51.100.0/25, 203.0.113.0/24]}}]}                                   | blocked | open    | blocked |
      # e2e 36: should ensure an IP overlapping both IPBlock.CIDR and IPBlock.Except is allowed
      | What one block excepts, another may allow             | {to: [{ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}, {ipBlock: {cidr: 198.51.100.130/32}}]}     | open    | open    | blocked |
      | A block with ports                                    | {to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 80}]}                                                         | blocked | blocked | blocked |
      | A block with the right ports                          | {to: [{ipBlock: {cidr: 0.0.0.0/1}}, {ipBlock: {cidr: 128.0.0.0/1}}], ports: [{port: 443}]}                        | open    | open    | open    |
