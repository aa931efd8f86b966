using OnnxPrune.Groups;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>The cost of moments: a matrix of features² for every layer takes features² MACs per position, and features³ to solve or eliminate.</summary>
internal static class FeaturePower
{
    /// <summary>The sum of a power of the features over the linear layers whose moments are computed.</summary>
    public static double Sum(ModelAnalysis analysis, int power)
    {
        var readers = LinearLayer.ReadersOf(analysis.Graph);
        return analysis.Graph.Nodes.Sum(n =>
            LinearLayer.Of(n, readers, analysis.Operators) is { Features: <= StatisticsPass.MostFeatures } layer
                ? layer.Groups * Math.Pow(layer.Features, power)
                : 0);
    }
}
