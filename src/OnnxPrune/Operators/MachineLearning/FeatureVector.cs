using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Attributes of ai.onnx.ml that hold one number for all features, or one for each. Features are in the last axis of a matrix or a vector.</summary>
internal static class FeatureVector
{
    /// <summary>The numbers of an attribute; empty without the attribute.</summary>
    public static IReadOnlyList<float> Of(Node node, string attribute) => node.Attribute(attribute)?.Floats ?? [];

    /// <summary>Those of the attributes that hold a number for each feature.</summary>
    public static IReadOnlyList<string> PerFeature(Node node, params IEnumerable<string> attributes) =>
        [.. attributes.Where(attribute => Of(node, attribute).Count > 1)];

    /// <summary>Checks that the attributes fit the features.</summary>
    public static void Check(ShapeContext c, Operator rule)
    {
        var x = c.Shape(0);
        foreach (int count in rule.FeatureAttributes(c.Node).Select(attribute => Of(c.Node, attribute).Count))
            if (x.Length is not (1 or 2) || (x[^1].IsKnown && !x[^1].Same(Size.Of(count)))) c.Infeasible($"{count} numbers for an input of {c.Input(0)}");
    }

    /// <summary>Leaves the numbers of the kept features.</summary>
    public static void Adjust(AdjustContext c, Operator rule)
    {
        if (c.OutputMask(0, c.KeptOutput(0).Count - 1) is not { } mask) return;
        foreach (string attribute in rule.FeatureAttributes(c.Node))
            c.SetAttribute(attribute, Of(c.Node, attribute).Where((_, i) => mask[i]).ToList());
    }
}
