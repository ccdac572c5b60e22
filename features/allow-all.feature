@conformance @allow-all
Feature: Kubernetes starts with default allow-all

  Without a NetworkPolicy no pod is isolated: everybody reaches everybody on what they serve, the outside, names and the API.

  Background:
    Given the pods
      | pod             | labels         | serves             | node   |
      | shop/web        | app=web        | TCP/8080           | node-2 |
      | shop/api        | app=api        | TCP/8080, UDP/5353 | node-1 |
      | monitoring/prom | app=prometheus | TCP/9090           | node-1 |
    And the services
      | service  | selects | serves         |
      | shop/api | app=api | TCP/80 -> 8080 |
    And the external hosts
      | host            | serves  |
      | partner.example | TCP/443 |

  Scenario: Every pod reaches every pod on the ports that it serves
    Then every pod can reach every pod on every port
    And every flow is as the policies say

  Scenario: Every pod reaches the outside, names and the API
    Then every pod can reach host "partner.example" on TCP/443
    And every pod can resolve api.shop.svc.cluster.local
    And every pod can resolve partner.example over TCP
    And every pod can reach the Kubernetes API on TCP/443
    And "shop/web" can reach service "shop/api" on TCP/80

  @catches:cross-node-masqueraded
  Scenario: Servers see their clients by their pod addresses, on the same node and on another
    Then "shop/api" sees "shop/web" by its pod address
    And "shop/api" sees "monitoring/prom" by its pod address
