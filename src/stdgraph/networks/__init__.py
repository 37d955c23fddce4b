"""Networks: views of the graph as networkx graphs, their measures, significance, files and pictures."""
