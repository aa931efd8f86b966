namespace QuikGraph;

/// <summary>An object with a tag.</summary>
/// <typeparam name="TTag">Tag type.</typeparam>
internal interface ITagged<TTag>
{
    /// <summary>Raised after the tag has changed.</summary>
    event EventHandler? TagChanged;

    /// <summary>The tag.</summary>
    TTag Tag { get; set; }
}
