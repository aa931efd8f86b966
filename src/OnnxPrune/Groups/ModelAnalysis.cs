using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Normalization;
using OnnxPrune.Operators;
using OnnxPrune.Shapes;

namespace OnnxPrune.Groups;

/// <summary>Everything that is inferred from a model before anything is decided: graph, shapes, layouts, groups and costs.</summary>
public sealed class ModelAnalysis
{
    private ModelAnalysis(OnnxModel source, ShapeInference shapes, LayoutInference layouts)
    {
        Source = source;
        Shapes = shapes;
        Layouts = layouts;
        Zeros = ZeroFlow.Run(layouts, OperatorTable.Find);
        Groups = GroupFinder.Find(layouts, Zeros, OperatorTable.Find);
        Cost = CostModel.Of(layouts, OperatorTable.Find);
    }

    /// <summary>The model as it was loaded.</summary>
    public OnnxModel Source { get; }

    /// <summary>The normalized model's graph.</summary>
    public Graph Graph => Shapes.Graph;

    /// <summary>The type of every value.</summary>
    public ShapeInference Shapes { get; }

    /// <summary>The layout of every axis.</summary>
    public LayoutInference Layouts { get; }

    /// <summary>Which groups are exact.</summary>
    public ZeroFlow Zeros { get; }

    /// <summary>The prunable groups, in the order in which the graph uses their weights.</summary>
    public IReadOnlyList<ChannelGroup> Groups { get; }

    /// <summary>The cost as a function of the kept sizes.</summary>
    public CostModel Cost { get; }

    /// <summary>What could not be understood and is left alone.</summary>
    public IEnumerable<Diagnostic> Warnings => Shapes.Warnings.Concat(Layouts.Warnings);

    /// <summary>Analyses a model.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="nominal">Sizes by symbol at which MACs are counted; the others have defaults.</param>
    /// <exception cref="OnnxPruneException">OP1005 cyclic or OP1006 malformed graph.</exception>
    public static ModelAnalysis Run(OnnxModel model, IReadOnlyDictionary<string, long>? nominal = null)
    {
        try
        {
            var graph = GraphReader.Read(Normalizer.Normalize(model.Proto));
            var shapes = ShapeInference.Run(graph, OperatorTable.Find, nominal ?? new Dictionary<string, long>());
            return new ModelAnalysis(model, shapes, LayoutInference.Run(shapes, OperatorTable.Find));
        }
        catch (OnnxPruneException e) when (model.Path is not null)
        {
            throw e.Concerning(model.Path);
        }
    }
}
