namespace QuikGraph;

/// <summary>A directed edge with a tag.</summary>
/// <typeparam name="TVertex">Vertex type.</typeparam>
/// <typeparam name="TTag">Tag type.</typeparam>
internal class TaggedEdge<TVertex, TTag> : Edge<TVertex>, ITagged<TTag>
    where TVertex : notnull
{
    private TTag _tag;

    /// <summary>An edge between two vertices with a tag.</summary>
    public TaggedEdge(TVertex source, TVertex target, TTag tag)
        : base(source, target) => _tag = tag;

    /// <inheritdoc />
    public event EventHandler? TagChanged;

    /// <inheritdoc />
    public TTag Tag
    {
        get => _tag;
        set
        {
            if (EqualityComparer<TTag>.Default.Equals(_tag, value))
                return;
            _tag = value;
            OnTagChanged(EventArgs.Empty);
        }
    }

    /// <inheritdoc />
    public override string ToString() => $"{base.ToString()} ({Tag?.ToString() ?? "no tag"})";

    /// <summary>Raises <see cref="TagChanged"/>.</summary>
    protected virtual void OnTagChanged(EventArgs args) => TagChanged?.Invoke(this, args);
}
