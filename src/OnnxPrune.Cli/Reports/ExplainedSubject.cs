using System.Globalization;
using System.Text.RegularExpressions;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Cli.Reports;

/// <summary>The meaning of a name on the command line: a group, an axis of a tensor, all axes of a tensor, or the axes of a node.</summary>
/// <param name="Groups">The group, if the name is that of a group.</param>
/// <param name="Axes">The axes otherwise.</param>
internal sealed partial record ExplainedSubject(IReadOnlyList<ChannelGroup> Groups, IReadOnlyList<(Value Value, int Axis)> Axes)
{
    private const int MostNames = 3;

    /// <summary>Looks up a name among groups, axes, nodes and values, in this order.</summary>
    /// <exception cref="OnnxPruneException">OP2004: the name does not exist; the message suggests similar names.</exception>
    public static ExplainedSubject Find(ModelAnalysis analysis, string name)
    {
        if (analysis.Groups.FirstOrDefault(group => group.Id == name) is { } group) return new([group], []);
        if (AxisOf(analysis, name) is { } axis) return new([], [axis]);
        var nodes = analysis.Graph.Nodes.Where(node => name == node.Label || name == LayerReport.NameOf(node)).ToList();
        var values = nodes.Count > 0 ? nodes.SelectMany(ValuesOf) : analysis.Graph.Values.Where(value => value.Name == name);
        var axes = values
            .SelectMany(value => Enumerable.Range(0, analysis.Layouts.LayoutOf(value)?.Count ?? 0), (value, axis) => (value, axis)).ToList();
        return axes.Count > 0 || nodes.Count > 0 ? new([], axes) : throw Unknown(analysis, name);
    }

    private static (Value Value, int Axis)? AxisOf(ModelAnalysis analysis, string name)
    {
        if (Axis().Match(name) is not { Success: true } match) return null;
        if (analysis.Graph.Values.FirstOrDefault(v => v.Name == match.Groups["value"].Value) is not { } value) return null;
        int axis = int.Parse(match.Groups["axis"].Value, CultureInfo.InvariantCulture), rank = analysis.Layouts.LayoutOf(value)?.Count ?? 0;
        if (axis < rank) return (value, axis);
        throw new OnnxPruneException(ErrorCodes.NoSuchName, $"'{value.Name}' has no axis {axis}; it has {rank}, counted from 0");
    }

    // The outputs of a node and its weights. Its other inputs are the outputs of other nodes.
    private static IEnumerable<Value> ValuesOf(Node node) =>
        node.Outputs.OfType<Value>().Concat(node.Inputs.OfType<Value>().Where(v => v.Initializer is not null));

    private static OnnxPruneException Unknown(ModelAnalysis analysis, string name)
    {
        var names = analysis.Groups.Select(g => g.Id)
            .Concat(analysis.Graph.Nodes.Select(LayerReport.NameOf)).Concat(analysis.Graph.Values.Select(v => v.Name));
        string nearest = string.Join(", ", Spelling.Nearest(name, names).Take(MostNames).Select(n => $"'{n}'"));
        return new OnnxPruneException(
            ErrorCodes.NoSuchName,
            $"the model has no node, value, axis or group '{name}'; similar names are {nearest}; 'onnxprune inspect --top all' lists all names");
    }

    [GeneratedRegex(@"^(?<value>.+)\[(?<axis>\d{1,9})\]$")]
    private static partial Regex Axis();
}
